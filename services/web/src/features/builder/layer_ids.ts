/**
 * Tells layers apart over their changes. Documents have no ids: a layer is known by the object that it is, and whoever
 * makes another object of it carries its id over.
 */

import { elementsOf, type Document, type Element } from "./document";

const ids = new WeakMap<Element, string>();
let last = 0;

export function idOf(element: Element): string {
  let id = ids.get(element);
  if (id === undefined) {
    last += 1;
    id = `layer-${last}`;
    ids.set(element, id);
  }
  return id;
}

/** Lets `to` be the same layer as `from`. */
export function carryId(from: Element, to: Element): void {
  ids.set(to, idOf(from));
}

/** Lets the layers of one document be those of another that says nearly the same, in nearly the same order. */
export function carryIds(from: Document, to: Document): void {
  const before = elementsOf(from);
  let next = 0;
  for (const element of elementsOf(to)) {
    const found = before.slice(next).find((candidate) => isAlike(candidate, element));
    if (found) {
      carryId(found, element);
      next = before.indexOf(found) + 1;
    }
  }
}

function isAlike(one: Element, other: Element): boolean {
  return one.type === other.type && nameOf(one) === nameOf(other);
}

function nameOf(element: Element): unknown {
  if ("name" in element) return element.name;
  return "label" in element ? element.label : undefined;
}
