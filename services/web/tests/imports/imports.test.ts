import { expect, test } from "vitest";

import { elementsOf, type Document, type Element, type Part } from "@/features/builder/document";
import { idOf } from "@/features/builder/layer_ids";
import { dependents, renameImport, type HubImport } from "@/features/imports/dependence";
import type { Found, FoundImports, ResolvedImport } from "@/features/imports/found";
import { importFaults } from "@/features/imports/import_faults";
import { describeImport } from "@/features/imports/wording";
import { Problem } from "@/shared/api/problem";

const imported = (library: string, value: string): Part => ({ type: "imported", library, value });
const flag = (label: string, ...value: Part[]): Element => ({ type: "flag", label, value });
const importing = (name: string, value: string): HubImport => ({ type: "hub_import", name, value });
const work = (name: string, version: number, latest: number, ...names: string[]): Found => ({
  work: {
    path: `/lib/${name}/${version}`,
    line: 1,
    column: 1,
    kind: "lib",
    name,
    author: "asha",
    version,
    latest_version: latest,
    exact_path: `/lib/${name}/${version}`,
    names,
  } satisfies ResolvedImport,
  problem: null,
});

const north = importing("north", "/lib/ganges/1");
const south = importing("south", "/lib/crowns/2");
const plain = flag("Magadha", imported("north", "CORE"), {
  type: "group",
  op: "difference",
  value: [imported("south", "CORE"), { type: "gadm", value: "IND" }],
});
const other = flag("Kosala", { type: "gadm", value: "IND.34" });
const document: Document = { version: 1, elements: [north, south, plain, other] };
const found: FoundImports = new Map([
  ["/lib/ganges/1", work("ganges", 1, 3, "CORE", "EDGE")],
  ["/lib/crowns/2", work("crowns", 2, 2, "CORE")],
]);

/** Says what is wrong, by the place of the layer. */
function say(elements: readonly Element[], imports: FoundImports): string[] {
  const faults = importFaults(elements, imports);
  return elements.flatMap((element, index) =>
    [...(faults.get(idOf(element)) ?? [])].map(([field, message]) => `${index} ${field}: ${message}`),
  );
}

test("a layer uses the imports of its parts, those in groups too", () => {
  expect(dependents(elementsOf(document), "south")).toEqual([plain]);
  expect(dependents(elementsOf(document), "east")).toEqual([]);
});

test("an import that is called otherwise is so wherever it is used, and all layers stay the same ones", () => {
  const renamed = elementsOf(renameImport(document, idOf(south), "deccan"));
  expect(renamed[1]).toEqual({ ...south, name: "deccan" });
  expect(JSON.stringify(renamed[2])).toContain('"library":"deccan"');
  expect(JSON.stringify(renamed[2])).toContain('"library":"north"');
  expect(renamed.map(idOf)).toEqual(elementsOf(document).map(idOf));
  expect(renamed[3]).toBe(other);
});

test("where every name is there, nothing is wrong", () => {
  expect(say(elementsOf(document), found)).toEqual([]);
});

test("a name that another version does not have is told at the layer that uses it", () => {
  const elements = [importing("north", "/lib/ganges/3"), flag("Magadha", imported("north", "EDGE"))];
  const switched = new Map([["/lib/ganges/3", work("ganges", 3, 3, "CORE")]]);
  expect(say(elements, switched)).toEqual(["1 value: Version 3 of ganges has no territory EDGE"]);
});

test("one name in two libraries is looked for in the one that is meant", () => {
  const elements = [north, south, flag("Magadha", imported("south", "EDGE"))];
  expect(say(elements, found)).toEqual(["2 value: Version 2 of crowns has no territory EDGE"]);
});

test("a layer whose import is gone is told so", () => {
  expect(say([north, plain], found)).toEqual(["1 value: Nothing is imported as south"]);
});

test("two imports of one name are one too many", () => {
  expect(say([north, importing("north", "/lib/crowns/2")], found)).toEqual(["1 name: Another import is called north"]);
});

test("an import that leads nowhere is told in the service's words", () => {
  const problem = new Problem(422, { title: "No", errors: [{ message: "There is no /lib/ganges/1.", line: 1 }] });
  expect(say([north], new Map([["/lib/ganges/1", { work: null, problem }]]))).toEqual([
    "0 value: There is no /lib/ganges/1.",
  ]);
});

test("what is not known yet is not said to be missing", () => {
  expect(say(elementsOf(document), new Map())).toEqual([]);
});

test("an import says its version among all there are", () => {
  expect(describeImport(north, found.get(north.value))).toBe("library ganges, 1 of 3 – newer is there");
  expect(describeImport(south, found.get(south.value))).toBe("library crowns, version 2");
  expect(describeImport(importing("x", "/lib/ganges"), work("ganges", 3, 3))).toBe(
    "library ganges, always the latest, now 3",
  );
  expect(describeImport(importing("x", "/css/paper/1"), undefined)).toBe("theme paper");
  expect(describeImport({ type: "hub_import", value: "/css/paper/1" }, undefined)).toBe("theme");
});
