import { expect, test } from "vitest";

import { elementsOf, type Document, type Element } from "@/features/builder/document";
import { idOf } from "@/features/builder/layer_ids";
import { add, blankElement, duplicate, fieldOf, move, remove, setField } from "@/features/builder/operations";

const flag = (label: string): Element => ({ type: "flag", label });
const document = (...elements: Element[]): Document => ({ version: 1, elements });
const labels = (changed: Document) =>
  elementsOf(changed).map((element) => ("label" in element ? element.label : element.type));

const [maurya, gupta, chola] = [flag("Maurya"), flag("Gupta"), flag("Chola")];
const three = document(maurya, gupta, chola);

test("a new layer comes below the chosen one, without one at the end", () => {
  expect(labels(add(three, flag("Pala"), idOf(maurya)))).toEqual(["Maurya", "Pala", "Gupta", "Chola"]);
  expect(labels(add(three, flag("Pala"), null))).toEqual(["Maurya", "Gupta", "Chola", "Pala"]);
});

test("what layers take from the elements above them comes before the layers", () => {
  const begun = document({ type: "import", names: [{ name: "xatra" }] }, maurya);
  expect(labels(add(begun, blankElement("territory"), idOf(maurya)))).toEqual(["import", "territory", "Maurya"]);
});

test("a removed layer is gone, and nothing else", () => {
  expect(labels(remove(three, idOf(gupta)))).toEqual(["Maurya", "Chola"]);
});

test("layers move together to before or after another one", () => {
  expect(labels(move(three, new Set([idOf(chola)]), idOf(maurya), "before"))).toEqual(["Chola", "Maurya", "Gupta"]);
  expect(labels(move(three, new Set([idOf(maurya), idOf(gupta)]), idOf(chola), "after"))).toEqual([
    "Chola",
    "Maurya",
    "Gupta",
  ]);
});

test("a copy is a layer of its own, without the text of the original, and its name is a new one", () => {
  const source = { lead: "", code: "core = gadm('IND')\n", digest: "0", names: {} };
  const core: Element = { type: "territory", name: "core", value: [{ type: "gadm", value: "IND" }], source };
  const result = duplicate(document(core), idOf(core));
  expect(result?.copy).toMatchObject({ name: "core_2" });
  expect(result?.copy).not.toHaveProperty("source");
  expect(result && idOf(result.copy)).not.toBe(idOf(core));
});

test("a changed layer is the same layer", () => {
  const changed = elementsOf(setField(three, idOf(gupta), "args.period", [320, 550]))[1];
  expect(changed && idOf(changed)).toBe(idOf(gupta));
  expect(changed && fieldOf(changed, "args.period")).toEqual([320, 550]);
});

test("a field without a value is left out", () => {
  const changed = setField(setField(three, idOf(gupta), "args.note", "x"), idOf(gupta), "args.note", undefined);
  expect(elementsOf(changed)[1]).toEqual({ type: "flag", label: "Gupta", args: {} });
});

test("the former document stays as it was", () => {
  setField(three, idOf(maurya), "label", "Nanda");
  expect(labels(three)).toEqual(["Maurya", "Gupta", "Chola"]);
});
