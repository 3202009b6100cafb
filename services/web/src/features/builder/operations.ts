/** Changes of a map document. Each returns a new document; layers keep their ids. */

import { elementsOf, type Document, type Element, type ElementType } from "./document";
import { KINDS } from "./fields";
import { carryId, idOf } from "./layer_ids";

export type Values = Readonly<Record<string, unknown>>;

/** Returns a new layer of a kind. */
export function blankElement(type: ElementType): Element {
  return { type, ...structuredClone(KINDS[type].blank) } as Element;
}

/** Returns the document with a new layer: below `selected`, else where its kind belongs. */
export function add(document: Document, element: Element, selected: string | null): Document {
  const elements = elementsOf(document);
  const at = KINDS[element.type].goesFirst ? afterDefinitions(elements) : below(elements, selected);
  return withElements(document, [...elements.slice(0, at), element, ...elements.slice(at)]);
}

function below(elements: Element[], selected: string | null): number {
  const index = elements.findIndex((element) => idOf(element) === selected);
  return index < 0 ? elements.length : index + 1;
}

/** Returns where the definitions end that stand at the beginning. */
function afterDefinitions(elements: Element[]): number {
  const index = elements.findIndex(({ type }) => type !== "import" && !KINDS[type].goesFirst);
  return index < 0 ? elements.length : index;
}

export function remove(document: Document, id: string): Document {
  return withElements(
    document,
    elementsOf(document).filter((element) => idOf(element) !== id),
  );
}

/** Returns the document with a copy of a layer below it, and the copy; names are made new ones. */
export function duplicate(document: Document, id: string): { document: Document; copy: Element } | null {
  const elements = elementsOf(document);
  const index = elements.findIndex((element) => idOf(element) === id);
  const original = elements[index];
  if (!original) return null;
  const copy = structuredClone(original);
  if ("source" in copy) delete copy.source;
  if ("name" in copy && copy.name) copy.name = freeName(elements, copy.name);
  return { document: withElements(document, elements.toSpliced(index + 1, 0, copy)), copy };
}

/** Returns a name that no element has: `core`, `core_2`, `core_3`. */
export function freeName(elements: Element[], wished: string): string {
  const taken = new Set(elements.map((element) => ("name" in element ? element.name : null)));
  const stem = wished.replace(/_\d+$/, "");
  let name = wished;
  for (let number = 2; taken.has(name); number += 1) name = `${stem}_${number}`;
  return name;
}

/** Returns the document with some layers moved together to right before or after another one. */
export function move(
  document: Document,
  ids: ReadonlySet<string>,
  target: string,
  place: "before" | "after",
): Document {
  const elements = elementsOf(document);
  const moved = elements.filter((element) => ids.has(idOf(element)));
  const others = elements.filter((element) => !ids.has(idOf(element)));
  const index = others.findIndex((element) => idOf(element) === target);
  if (index < 0 || moved.length === 0) return document;
  return withElements(document, others.toSpliced(place === "before" ? index : index + 1, 0, ...moved));
}

/** Returns the document with another value of one field of a layer; undefined: what the library has by itself. */
export function setField(document: Document, id: string, at: string, value: unknown): Document {
  return withElements(
    document,
    elementsOf(document).map((element) => {
      if (idOf(element) !== id) return element;
      const changed = withField(element, at.split("."), value) as unknown as Element;
      carryId(element, changed);
      return changed;
    }),
  );
}

function withField(values: Values, [name, ...rest]: string[], value: unknown): Values {
  if (name === undefined) return values;
  const inner = rest.length > 0 ? withField((values[name] ?? {}) as Values, rest, value) : value;
  if (inner !== undefined) return { ...values, [name]: inner };
  return Object.fromEntries(Object.entries(values).filter(([other]) => other !== name));
}

/** Returns the value of a field of a layer; undefined where it has none. */
export function fieldOf(element: Element, at: string): unknown {
  let value: unknown = element;
  for (const name of at.split(".")) value = (value as Values | null | undefined)?.[name];
  return value ?? undefined;
}

function withElements(document: Document, elements: Element[]): Document {
  return { ...document, elements };
}
