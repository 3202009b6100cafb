/** The map document, by the names that the builder has for its parts. */

import type { ApiSchemas } from "@/shared/api/client";

export type Document = ApiSchemas["Document"];
export type Element = ApiSchemas["Element"];
export type ElementType = Element["type"];
export type Part = ApiSchemas["Part"];
export type PartType = Part["type"];
export type Operation = ApiSchemas["Operation"];
export type Period = [number, number];

/** The document of a map that shows nothing yet. */
export const EMPTY_DOCUMENT: Document = { version: 1, elements: [] };

export function elementsOf(document: Document): Element[] {
  return document.elements ?? [];
}
