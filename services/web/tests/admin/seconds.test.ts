import { expect, test } from "vitest";

import { readSeconds } from "@/features/admin/seconds";

test("a budget is whole seconds, and nothing is no budget", () => {
  expect(readSeconds(" 3600 ")).toBe(3600);
  expect(readSeconds("0")).toBe(0);
  expect(readSeconds("  ")).toBeNull();
});

test.each(["-1", "1.5", "an hour", "10 000", "99999999999"])("%s is no budget", (typed) => {
  expect(readSeconds(typed)).toBeUndefined();
});
