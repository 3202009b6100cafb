import { expect, test } from "vitest";

import { accentFor, contrastOf } from "@/features/shell/accent";

const GROUNDS = { day: ["#ffffff", "#faf7f2", "#f1ece4"], night: ["#1b1816", "#25211e"] };

const COLOURS = ["#000000", "#ffffff", "#ffee00", "#003366", "#8b2f2f", "#7f7f7f", "#00ff00"];

test.each(COLOURS)(
  "%s can be read on every ground, by day and by night, and so can what is written on it",
  (colour) => {
    for (const [when, grounds] of Object.entries(GROUNDS)) {
      const { accent, onAccent } = accentFor(colour, when === "night");
      for (const ground of grounds)
        expect(contrastOf(accent, ground), `${accent} on ${ground}`).toBeGreaterThanOrEqual(4.5);
      expect(contrastOf(accent, onAccent)).toBeGreaterThanOrEqual(4.5);
    }
  },
);

test("a colour that can be read is left as it is", () => {
  expect(accentFor("#003366", false).accent).toBe("#003366");
});
