import { expect, test } from "vitest";

import { sayMilliseconds, sayShare } from "@/features/admin/figures";

test("times are said in milliseconds below a second, and in seconds from there on", () => {
  expect([0.4, 12.6, 999, 1000, 12_345].map(sayMilliseconds)).toEqual(["0 ms", "13 ms", "999 ms", "1.0 s", "12.3 s"]);
});

test("errors that are few are not said to be none", () => {
  expect([0, 0.0004, 0.01, 1].map(sayShare)).toEqual(["0 %", "<0.1 %", "1.0 %", "100.0 %"]);
});
