import { expect, test } from "vitest";

import { elementsOf, type Document } from "@/features/builder/document";
import { idOf } from "@/features/builder/layer_ids";
import { layerAtLine } from "@/features/builder/sources";
import { layerFaults } from "@/features/builder/faults";

const source = (lead: string, code: string) => ({ lead, code, digest: "0", names: {} });

// import xatra / (empty) / # A comment / xatra.Flag( / "Maurya" / ) / x = 1
const document: Document = {
  version: 1,
  elements: [
    { type: "import", names: [{ name: "xatra" }], source: source("", "import xatra\n") },
    { type: "flag", label: "Maurya", source: source("\n# A comment\n", 'xatra.Flag(\n    "Maurya"\n)\n') },
    { type: "python", value: "x = 1\n" },
  ],
};
const ids = elementsOf(document).map(idOf);

test.each([
  [1, 0],
  [4, 1],
  [5, 1],
  [7, 2],
])("line %i is of layer %i", (line, layer) => {
  expect(layerAtLine(document, line)).toBe(ids[layer]);
});

test("a line behind all layers is of none", () => {
  expect(layerAtLine(document, 8)).toBeNull();
});

test("without the text of a layer nobody knows its lines", () => {
  expect(layerAtLine({ version: 1, elements: [{ type: "flag", label: "new" }] }, 1)).toBeNull();
});

test("what the services find wrong is told to the layer and the field", () => {
  const faults = layerFaults(document, [
    { field: "document.elements.1.flag.args.period.0", message: "no year" },
    { field: "document.elements.1.flag.label", message: "too long" },
    { field: "document.elements.9.flag.label", message: "of no layer" },
  ]);
  expect([...(faults.get(ids[1] ?? "") ?? [])]).toEqual([
    ["args.period", "no year"],
    ["label", "too long"],
  ]);
  expect(faults.size).toBe(1);
});
