import { expect, test } from "vitest";

import type { Run } from "@/features/preview/renderer";
import type { Render } from "@/features/preview/render";
import { headline, sentence } from "@/features/preview/wording";

const NOW = Date.parse("2030-01-01T00:00:10Z");

function run(render: Partial<Render> | null, rest: Partial<Run> = {}): Run {
  const whole: Render = {
    id: "1",
    state: "queued",
    position: null,
    predicted_start_at: null,
    predicted_finish_at: null,
    cached: false,
    artefact: null,
    error: null,
    warnings: [],
    output: "",
    timings: {},
    ...render,
  };
  return {
    sentAt: NOW - 1500,
    program: "",
    runningSince: null,
    endedAt: null,
    render: render && whole,
    isStopping: false,
    problem: null,
    ...rest,
  };
}

test.each([
  [1, "Queued, next in line"],
  [2, "Queued, 2nd in line"],
  [3, "Queued, 3rd in line"],
  [11, "Queued, 11th in line"],
  [21, "Queued, 21st in line"],
])("place %i is said", (position, words) => {
  expect(sentence(run({ position }), NOW)).toBe(words);
});

test("the predicted start is said in seconds from now", () => {
  const predicted_start_at = "2030-01-01T00:00:14Z";
  expect(sentence(run({ position: 2, predicted_start_at }), NOW)).toBe("Queued, 2nd in line, starts in about 4 s");
});

test("a running render says for how long, and how long yet", () => {
  const running = run({ state: "running", predicted_finish_at: "2030-01-01T00:00:13Z" }, { runningSince: NOW - 700 });
  expect(sentence(running, NOW)).toBe("Running 0.7 s, about 3 s left");
  expect(headline(running)).toBe("Running");
});

test("the end says how long it took, and whether it was known", () => {
  expect(sentence(run({ state: "succeeded", cached: true }, { endedAt: NOW }), NOW + 5000)).toBe(
    "Done in 1.5 s (known already)",
  );
});

test("stopping is said until it has stopped", () => {
  expect(sentence(run({ state: "running" }, { isStopping: true }), NOW)).toBe("Stopping");
  expect(sentence(run({ state: "cancelled" }, { isStopping: true, endedAt: NOW }), NOW)).toBe("Stopped in 1.5 s");
  expect(sentence(run(null, { isStopping: true, endedAt: NOW }), NOW)).toBe("Stopped");
});
