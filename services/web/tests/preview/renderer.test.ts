import { beforeEach, expect, test } from "vitest";

import { Renderer } from "@/features/preview/renderer";
import type { Render, RenderRequest, RenderService } from "@/features/preview/render";
import { Problem } from "@/shared/api/problem";

const render = (id: string, state: Render["state"]): Render => ({
  id,
  state,
  position: state === "queued" ? 1 : null,
  predicted_start_at: null,
  predicted_finish_at: null,
  cached: false,
  artefact: state === "succeeded" ? { sha256: id, url: `/artefacts/${id}`, size_bytes: 1 } : null,
  error: null,
  warnings: [],
  output: "",
  timings: {},
});

/** Stands for the services: every render is queued until the test says what becomes of it. */
class Queue implements RenderService {
  asked: RenderRequest[] = [];
  cancelled: string[] = [];
  followers = new Map<string, (render: Render) => void>();
  refusal: Problem | null = null;

  ask(request: RenderRequest): Promise<Render> {
    if (this.refusal) return Promise.reject(this.refusal);
    this.asked.push(request);
    return Promise.resolve(render(`${this.asked.length}`, "queued"));
  }

  follow(id: string, onChange: (render: Render) => void, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      this.followers.set(id, (later) => {
        onChange(later);
        if (later.state !== "queued" && later.state !== "running") resolve();
      });
      signal.addEventListener("abort", () => resolve());
    });
  }

  cancel(id: string): Promise<Render> {
    this.cancelled.push(id);
    return Promise.resolve(render(id, "cancelled"));
  }

  become(id: string, state: Render["state"]): void {
    this.followers.get(id)?.(render(id, state));
  }
}

let queue: Queue;
let renderer: Renderer;

beforeEach(() => {
  queue = new Queue();
  renderer = new Renderer(queue);
});

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
const start = (program: string) => renderer.render(() => Promise.resolve({ program }));

test("a render is followed until it has ended", async () => {
  void start("a");
  await settled();
  expect(renderer.getState().run).toMatchObject({ program: "a", endedAt: null, render: { position: 1 } });
  queue.become("1", "running");
  expect(renderer.getState().run?.runningSince).not.toBeNull();
  queue.become("1", "succeeded");
  expect(renderer.getState().run?.endedAt).not.toBeNull();
  expect(renderer.getState().artefact?.sha256).toBe("1");
});

test("a newer render cancels the former one, of which nothing is heard any more", async () => {
  void start("a");
  await settled();
  void start("b");
  await settled();
  expect(queue.cancelled).toEqual(["1"]);
  queue.become("1", "succeeded");
  expect(renderer.getState().artefact).toBeNull();
  expect(renderer.getState().run?.render?.id).toBe("2");
});

test("a render that is replaced before it has an id is cancelled as soon as it has one", async () => {
  void start("a");
  void start("b");
  await settled();
  const ids = queue.asked.map((request) => request.program);
  expect(ids).not.toContain("a");
  expect(renderer.getState().run?.program).toBe("b");
});

test("stop ends the render", async () => {
  void start("a");
  await settled();
  await renderer.stop();
  expect(renderer.getState().run).toMatchObject({ isStopping: true, render: { state: "cancelled" } });
  expect(renderer.getState().run?.endedAt).not.toBeNull();
});

test("what is stopped while its program is being written is never asked for", async () => {
  let give: (request: RenderRequest) => void = () => undefined;
  void renderer.render(() => new Promise((resolve) => (give = resolve)));
  await renderer.stop();
  give({ program: "a" });
  await settled();
  expect(queue.asked).toEqual([]);
  expect(renderer.getState().run?.endedAt).not.toBeNull();
});

test("the former map stays until there is another one", async () => {
  void start("a");
  await settled();
  queue.become("1", "succeeded");
  void start("b");
  await settled();
  queue.become("2", "failed");
  expect(renderer.getState().artefact?.sha256).toBe("1");
});

test("a refusal is told", async () => {
  queue.refusal = new Problem(503, { title: "full" });
  await start("a");
  expect(renderer.getState().run?.problem?.title).toBe("full");
});
