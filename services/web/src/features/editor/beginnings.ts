/** What a new map can begin with, by its name in addresses. */

export const BEGINNINGS = ["blank", "starter"] as const;
export type Beginning = (typeof BEGINNINGS)[number];

/** Reads an address; what is not understood counts as not said. */
export function readBeginning(search: Record<string, unknown>): { begin?: Beginning } {
  const begin = BEGINNINGS.find((known) => known === search.begin);
  return begin ? { begin } : {};
}
