import { expect, test } from "vitest";

import type { Element } from "@/features/builder/document";
import { nameSources, territoriesLike } from "@/features/builder/name_sources";
import type { Found, FoundImports } from "@/features/imports/found";

const library = (path: string, ...names: string[]): [string, Found] => [
  path,
  {
    work: {
      path,
      line: 1,
      column: 1,
      kind: "lib",
      name: path.split("/")[2] ?? "",
      author: null,
      version: 1,
      latest_version: 1,
      exact_path: path,
      names,
    },
    problem: null,
  },
];
const elements: Element[] = [
  { type: "hub_import", name: "north", value: "/lib/ganges/1" },
  { type: "hub_import", name: "south", value: "/lib/crowns/1" },
  { type: "hub_import", value: "/css/paper/1" },
  { type: "territory", name: "core_lands", value: [{ type: "gadm", value: "IND" }] },
];
const imports: FoundImports = new Map([library("/lib/ganges/1", "CORE", "EDGE"), library("/lib/crowns/1", "CORE")]);
const sources = nameSources({ elements, imports, libraryNames: ["CORNER"] });
const proposed = (typed: string) => territoriesLike(sources, typed).map(({ text }) => text);

test("one name in two libraries is proposed of each", () => {
  expect(territoriesLike(sources, "core").map(({ part }) => part)).toEqual([
    { type: "territory", value: "core_lands" },
    { type: "imported", library: "north", value: "CORE" },
    { type: "imported", library: "south", value: "CORE" },
  ]);
});

test("names are found with the name of their library too", () => {
  expect(proposed("south.")).toEqual(["south.CORE"]);
  expect(proposed("north.ed")).toEqual(["north.EDGE"]);
});

test("the map's own library is among those that give names, and so is xatra's once something is typed", () => {
  expect(proposed("corn")).toEqual(["CORNER"]);
  expect(proposed("gandhara_w_")).toEqual(["GANDHARA_W_EXTRA", "GANDHARA_W_GREATER"]);
  expect(proposed("")).toEqual(["core_lands", "CORNER", "north.CORE", "north.EDGE", "south.CORE"]);
});

test("of two imports of one name the last is the one that programs have", () => {
  const twice: Element[] = [...elements.slice(0, 1), { type: "hub_import", name: "north", value: "/lib/crowns/1" }];
  const parts = territoriesLike(nameSources({ elements: twice, imports, libraryNames: [] }), "north.");
  expect(parts.map(({ text }) => text)).toEqual(["north.CORE"]);
});
