/** What somebody looks for in Explore, as the address says it. */

import { KIND_WORDS, type Kind } from "@/features/work/kinds";

export const SORTS = { featured: "Featured", votes: "Most liked", views: "Most viewed", recency: "Newest" } as const;

export interface Search {
  /** Words, and `user:NAME`. */
  q?: string;
  kind?: Kind;
  sort?: keyof typeof SORTS;
}

/** Reads an address; what is not understood counts as not said. */
export function readSearch(search: Record<string, unknown>): Search {
  const { q, kind, sort } = search;
  return {
    ...(typeof q === "string" && q !== "" && { q: q.slice(0, 200) }),
    ...(isOneOf(KIND_WORDS, kind) && kind !== "map" && { kind }),
    ...(isOneOf(SORTS, sort) && sort !== "featured" && { sort }),
  };
}

function isOneOf<T extends object>(known: T, value: unknown): value is keyof T {
  return typeof value === "string" && Object.hasOwn(known, value);
}
