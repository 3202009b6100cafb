/** The kinds of works: maps, territory libraries and themes. */

import type { ApiSchemas } from "@/shared/api/client";

export type Kind = ApiSchemas["Kind"];

/** A work, as addresses name it. */
export interface WorkId {
  readonly kind: Kind;
  readonly name: string;
}

/** What one work of a kind is called, and several. */
export const KIND_WORDS: Readonly<Record<Kind, { one: string; many: string }>> = {
  map: { one: "map", many: "Maps" },
  lib: { one: "library", many: "Libraries" },
  css: { one: "theme", many: "Themes" },
};
