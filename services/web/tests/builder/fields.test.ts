import { readFileSync } from "node:fs";

import { expect, test } from "vitest";

import { KINDS } from "@/features/builder/fields";
import { blankElement } from "@/features/builder/operations";
import type { ElementType } from "@/features/builder/document";

interface Schema {
  $ref?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  const?: string;
  enum?: string[];
  anyOf?: Schema[];
  oneOf?: Schema[];
}

const { components } = JSON.parse(readFileSync(new URL("../../described/api.json", import.meta.url), "utf-8")) as {
  components: { schemas: Record<string, Schema> };
};

/** Follows a reference to what it names. */
function resolved(schema: Schema | undefined): Schema {
  const name = schema?.$ref?.split("/").at(-1);
  return name ? (components.schemas[name] ?? {}) : (schema ?? {});
}

const elements = new Map(
  (components.schemas.Element?.oneOf ?? []).map((reference) => {
    const schema = resolved(reference);
    return [schema.properties?.type?.const as ElementType, schema];
  }),
);

const types = [...elements.keys()];

/** Returns the fields of an element as the table names them, and which of them are needed. */
function fieldsOf(type: ElementType): { all: string[]; needed: string[] } {
  const schema = elements.get(type);
  const own = Object.keys(schema?.properties ?? {}).filter((name) => !["type", "source", "args"].includes(name));
  const args = resolved(schema?.properties?.args);
  const isNeeded = (name: string) => schema?.required?.includes(name) ?? false;
  return {
    all: [...own, ...Object.keys(args.properties ?? {}).map((name) => `args.${name}`)].sort(),
    needed: [...own.filter(isNeeded), ...(args.required ?? []).map((name) => `args.${name}`)].sort(),
  };
}

test("the table has every kind of element that the services know", () => {
  expect(Object.keys(KINDS).sort()).toEqual([...types].sort());
});

test.each(types)("the table has every field of %s", (type) => {
  expect(KINDS[type].fields.map(({ at }) => at).sort()).toEqual(fieldsOf(type).all);
});

test.each(types)("what the services need of %s is marked so, labels apart, which may be empty", (type) => {
  const marked = KINDS[type].fields.filter(({ required }) => required).map(({ at }) => at);
  expect(marked.sort()).toEqual(fieldsOf(type).needed.filter((at) => at !== "label"));
});

test.each(types.filter((type) => KINDS[type].group))("a new %s has all that it needs", (type) => {
  const element = blankElement(type) as unknown as Record<string, Record<string, unknown> | undefined>;
  for (const at of fieldsOf(type).needed) {
    const [name = "", inner] = at.split(".");
    expect(inner ? element[name]?.[inner] : element[name], at).toBeDefined();
  }
});
