import { expect, test } from "vitest";

import { readYear, sayPeriod } from "@/features/builder/years";

test.each([
  ["-320", -320],
  ["−320", -320],
  ["320 BC", -320],
  ["320 bce", -320],
  ["1206", 1206],
  ["AD 1206", 1206],
  ["1206 CE", 1206],
])("%s is the year %i", (text, year) => {
  expect(readYear(text)).toBe(year);
});

test.each(["", "-", "Maurya", "12.5", "320 BX"])("%j is no year", (text) => {
  expect(readYear(text)).toBeUndefined();
});

test("periods are said as people say them", () => {
  expect(sayPeriod([-320, 185])).toBe("320 BC to 185");
});
