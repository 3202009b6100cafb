/** What a new map can begin with, and what is to be imported into it, as addresses say it. */

export const BEGINNINGS = ["blank", "starter"] as const;
export type Beginning = (typeof BEGINNINGS)[number];

export interface Start {
  begin?: Beginning;
  /** Path of a work that is to be imported, such as `/lib/name`. */
  use?: string;
}

/** Reads an address; what is not understood counts as not said. */
export function readBeginning({ begin, use }: Record<string, unknown>): Start {
  const known = BEGINNINGS.find((name) => name === begin);
  return { ...(known && { begin: known }), ...(typeof use === "string" && { use }) };
}
