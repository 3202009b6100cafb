import { expect, test } from "vitest";

import { sayDuration } from "@/shared/ui/time";

test.each([
  [40, "40 s"],
  [119, "119 s"],
  [120, "2 minutes"],
  [3221, "54 minutes"],
  [172800, "2 days"],
])("%d seconds are %s", (seconds, words) => {
  expect(sayDuration(seconds)).toBe(words);
});
