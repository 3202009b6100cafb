import { readFileSync } from "node:fs";

import { expect, test } from "vitest";

import { TERRITORY_NAMES } from "@/features/builder/territory_names";
import { LOADERS, XATRA } from "@/features/editor/code/library";

const library = JSON.parse(readFileSync(new URL("../../described/library.json", import.meta.url), "utf-8")) as {
  functions: Record<string, string[]>;
  territories: string[];
};

const proposed = [...XATRA, ...LOADERS].map(({ name, parameters }) => ({
  name,
  parameters: parameters.map((parameter) => parameter.name),
}));

test.each(proposed)("the library has $name with the parameters that are proposed", ({ name, parameters }) => {
  expect(library.functions[name]).toEqual(expect.arrayContaining(parameters));
});

test("the named territories are those of the library's collection", () => {
  expect([...TERRITORY_NAMES]).toEqual(library.territories);
});
