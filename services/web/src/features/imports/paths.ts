/** Addresses of works as programs import them: `/lib/mauryan_empire/3`. */

import type { Kind, WorkId } from "@/features/work/kinds";

/** Which version is imported: one for ever, what is published last, or what its author is at. */
export type ImportedVersion = number | "latest" | "alpha";

export interface ImportPath extends WorkId {
  /** Its author, where the address says so. */
  readonly user: string | null;
  readonly version: ImportedVersion;
}

const PATH = /^(?:\/([a-z0-9_.-]+))??\/(map|lib|css)\/([a-z0-9_.]+)(?:\/(alpha|[1-9]\d{0,8}))?$/;
const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]{0,99}$/;
/** Words that Python has for itself, and names that programs of the builder import from the map library. */
const TAKEN = new Set(
  `False None True and as assert async await break class continue def del elif else except finally for from global if
   import in is lambda nonlocal not or pass raise return try while with yield
   xatra Icon Territory gadm naturalearth overpass polygon xatrahub lands Color LinearColorSequence LogColorSequence
   RandomColorSequence RotatingColorSequence LinearSegmentedColormap LogNorm StringIO pd`.split(/\s+/),
);

/** Reads an address; null: it is none. */
export function readPath(path: string): ImportPath | null {
  const [, user, kind, name, version] = PATH.exec(path) ?? [];
  if (kind === undefined || name === undefined) return null;
  return {
    user: user ?? null,
    kind: kind as Kind,
    name,
    version: version === undefined ? "latest" : version === "alpha" ? "alpha" : Number(version),
  };
}

/** Writes an address. */
export function writePath({ user, kind, name, version }: ImportPath): string {
  const parts = [user, kind, name, version === "latest" ? null : version];
  return parts
    .filter((part) => part !== null)
    .map((part) => `/${part}`)
    .join("");
}

/** Tells whether an import can have a name: an identifier that is not Python's and not the map library's. */
export function canBeAlias(name: string): boolean {
  return IDENTIFIER.test(name) && !name.startsWith("__") && !TAKEN.has(name);
}

/** Returns a name for the import of a work that is like the work's. */
export function aliasLike(name: string): string {
  const alias = name.replace(/[^A-Za-z0-9_]/g, "_").replace(/^(?=\d)/, "_");
  return canBeAlias(alias) ? alias : `${alias.replace(/^_+/, "")}_lib`;
}

/** Says why an import cannot be called so; null: it can. */
export function aliasFault(name: string, isTaken: boolean): string | null {
  if (!canBeAlias(name)) return "Letters, digits and _ , and no word of Python or the map library";
  return isTaken ? `Something in this map is called ${name} already` : null;
}
