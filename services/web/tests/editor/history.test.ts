import { expect, test } from "vitest";

import { amend, beginHistory, record, redo, undo } from "@/features/editor/history";

test("what is undone can be redone", () => {
  const history = record(record(beginHistory("a"), "ab", null, 0), "abc", null, 0);
  expect(undo(undo(history)).present).toBe("a");
  expect(redo(redo(undo(undo(history)))).present).toBe("abc");
});

test("changes of one kind that follow each other closely are one step", () => {
  let history = beginHistory("");
  for (const [text, now] of [
    ["M", 100],
    ["Ma", 300],
    ["Mau", 900],
  ] as const)
    history = record(history, text, "typing", now);
  expect(undo(history).present).toBe("");
});

test("a pause, or another kind of change, begins a new step", () => {
  const typed = record(beginHistory(""), "M", "typing", 0);
  expect(undo(record(typed, "Ma", "typing", 5000)).present).toBe("M");
  expect(undo(record(typed, "N", "another field", 10)).present).toBe("M");
});

test("a change after an undo takes the place of what was undone", () => {
  const history = record(undo(record(beginHistory("a"), "b", null, 0)), "c", null, 0);
  expect(redo(history)).toBe(history);
  expect(undo(history).present).toBe("a");
});

test("knowing the present better is no step", () => {
  const history = amend(record(beginHistory("a"), "b", null, 0), "b, known better");
  expect(history.present).toBe("b, known better");
  expect(undo(history).present).toBe("a");
});

test("typing after an undo is never merged into what was before it", () => {
  const history = undo(record(record(beginHistory("a"), "b", "typing", 0), "c", null, 0));
  expect(undo(record(history, "bd", "typing", 10)).present).toBe("b");
});
