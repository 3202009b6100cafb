/** Where the pages of works lie: maps at their names, libraries and themes below their kind. */

import type { WorkId } from "./kinds";

const PAGES = { map: "/$name", lib: "/lib/$name", css: "/css/$name" } as const;
const VERSION_PAGES = {
  map: "/$name/$version",
  lib: "/lib/$name/$version",
  css: "/css/$name/$version",
} as const;

const VERSION = /^v([1-9]\d{0,8})$/;

/** Returns where a work's page is, or that of one of its versions, as links and `navigate` take it. */
export function pageOf({ kind, name }: WorkId, version: number | null = null) {
  return version === null
    ? { to: PAGES[kind], params: { name } }
    : { to: VERSION_PAGES[kind], params: { name, version: `v${version}` } };
}

/** Returns the path of a work's page within the studio. */
export function pathOf({ kind, name }: WorkId): string {
  return PAGES[kind].replace("$name", name);
}

/** Reads the version that an address names, `v3`; null: it names none. */
export function readVersion(text: string): number | null {
  const number = VERSION.exec(text)?.[1];
  return number === undefined ? null : Number(number);
}
