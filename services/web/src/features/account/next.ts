/** Where somebody goes on to after signing in. */

import { BASE_PATH } from "@/shared/api/address";

/**
 * Returns the path within the studio that an address names; the draft's, where it is not one of this site's.
 *
 * `next` may come from anywhere: another site's address must never be followed.
 */
export function pathWithin(next: string | undefined, base = BASE_PATH, here = location.origin): string {
  const home = "/";
  if (!next || !URL.canParse(next, here)) return home;
  const url = new URL(next, here);
  if (url.origin !== here || !next.startsWith("/") || next.startsWith("//")) return home;
  const path = url.pathname.startsWith(base) ? url.pathname.slice(base.length - 1) : url.pathname;
  return path.startsWith("//") || path.startsWith("/login") ? home : path + url.search;
}

/** What the address of the sign-in page may say. */
export interface WayBack {
  /** Where to go on to. */
  next?: string;
  /** Why somebody could not come in by an account elsewhere. */
  problem?: string;
  /** Where that account is. */
  provider?: string;
}

/** Reads an address; what is not understood counts as not said. */
export function readWayBack(search: Record<string, unknown>): WayBack {
  const { next, problem, provider } = search;
  return {
    ...(typeof next === "string" && { next }),
    ...(typeof problem === "string" && { problem }),
    ...(typeof provider === "string" && { provider }),
  };
}
