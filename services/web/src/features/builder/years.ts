/** Years as people say them: programs count years before our era below zero. */

import type { Period } from "./document";

/** Says a year: 320 BC, 1206. */
export function sayYear(year: number): string {
  return year < 0 ? `${-year} BC` : `${year}`;
}

/** Says a period, whose end is the first year that is not in it. */
export function sayPeriod([start, end]: Period): string {
  return `${sayYear(start)} to ${sayYear(end)}`;
}

/** Reads a year: `-320`, `320 BC`, `AD 1206`; undefined: it is none. */
export function readYear(text: string): number | undefined {
  const match = /^(?:AD\s*|CE\s*)?([-−–]?\d{1,9})\s*(BCE?|AD|CE)?$/i.exec(text.trim());
  if (!match?.[1]) return undefined;
  const year = Number(match[1].replace(/[−–]/, "-"));
  return match[2]?.toUpperCase().startsWith("B") ? -Math.abs(year) : year;
}
