/** What gives names to territories: this map, its own library, its imports, xatra's library. */

import { importsOf } from "@/features/imports/dependence";
import type { DocumentParts } from "./document_context";
import type { NamedPart } from "./territory";
import { TERRITORY_NAMES } from "./territory_names";

export interface NameSource {
  id: string;
  /** What it is, as a hint beside its names. */
  title: string;
  names: readonly string[];
  /** How the program writes a name of it. */
  write: (name: string) => string;
  part: (name: string) => NamedPart;
  /** Of an import: what the program calls it. */
  alias?: string;
  /** Of an import: its path. */
  path?: string;
}

export interface NamedTerritory {
  text: string;
  title: string;
  part: NamedPart;
}

export const OWN_LIBRARY = "own";
export const XATRA = "xatra";

const MAX_NAMES = 8;

/** Returns what gives names, the nearest first. Of two imports that are called the same, only the last can be used. */
export function nameSources({ elements, imports, libraryNames }: DocumentParts): NameSource[] {
  const defined = elements.flatMap((element) => (element.type === "territory" ? [element.name] : []));
  const libraries = new Map(importsOf(elements).flatMap((element) => (element.name ? [[element.name, element]] : [])));
  return [
    { id: "map", title: "this map", names: defined, write: same, part: (value) => ({ type: "territory", value }) },
    {
      id: OWN_LIBRARY,
      title: "this map’s library",
      names: libraryNames,
      write: same,
      part: (value) => ({ type: "territory", value }),
    },
    ...[...libraries].flatMap(([library, element]) => {
      const { work } = imports.get(element.value) ?? {};
      if (!work?.names) return [];
      return {
        id: `import ${library}`,
        title: `${work.name}, ${work.version === "alpha" ? "alpha" : `version ${work.version}`}`,
        names: work.names,
        write: (name: string) => `${library}.${name}`,
        part: (value: string) => ({ type: "imported", library, value }) as const,
        alias: library,
        path: work.exact_path,
      };
    }),
    {
      id: XATRA,
      title: "xatra’s library",
      names: TERRITORY_NAMES,
      write: same,
      part: (value) => ({ type: "predefined", value }),
    },
  ];
}

/** Returns the territories whose names begin like what was typed, with or without the name of their library. */
export function territoriesLike(sources: readonly NameSource[], typed: string): NamedTerritory[] {
  const wanted = typed.trim().toLowerCase();
  return sources.flatMap(({ id, title, names, write, part }) => {
    if (id === XATRA && !wanted) return [];
    return names
      .filter((name) => [name, write(name)].some((text) => text.toLowerCase().startsWith(wanted)))
      .slice(0, MAX_NAMES)
      .map((name) => ({ text: write(name), title, part: part(name) }));
  });
}

function same(name: string): string {
  return name;
}
