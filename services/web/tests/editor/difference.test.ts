import { expect, test } from "vitest";

import { changeBetween } from "@/features/editor/code/difference";

test.each([
  ["xatra.zoom(5)", "xatra.zoom(6)"],
  ["aaa", "aa"],
  ["aa", "aaa"],
  ["", "new"],
  ["old", ""],
  ["one\ntwo\nthree", "one\nthree"],
])("the change from %j to %j makes the one of the other", (before, after) => {
  const change = changeBetween(before, after);
  expect(change && before.slice(0, change.from) + change.insert + before.slice(change.to)).toBe(after);
});

test("only what differs is changed", () => {
  expect(changeBetween("xatra.zoom(5)", "xatra.zoom(6)")).toEqual({ from: 11, to: 12, insert: "6" });
});

test("equal texts have no change", () => {
  expect(changeBetween("same", "same")).toBeNull();
});
