/** Which layers use which imports, and by which names. */

import { elementsOf, type Document, type Element, type Part } from "@/features/builder/document";
import { carryId, idOf } from "@/features/builder/layer_ids";

type ImportedPart = Extract<Part, { type: "imported" }>;
type TerritoryLayer = Extract<Element, { type: "territory" | "flag" }>;

export type HubImport = Extract<Element, { type: "hub_import" }>;

export function importsOf(elements: readonly Element[]): HubImport[] {
  return elements.filter((element) => element.type === "hub_import");
}

/** Returns the parts of a layer that are of imported libraries, those in groups too. */
export function importedParts(element: Element): ImportedPart[] {
  return hasTerritory(element) ? partsIn(element.value ?? []) : [];
}

function partsIn(parts: readonly Part[]): ImportedPart[] {
  return parts.flatMap((part) => {
    if (part.type === "group") return partsIn(part.value);
    return part.type === "imported" ? [part] : [];
  });
}

/** Returns the layers that use the import of some name. */
export function dependents(elements: readonly Element[], alias: string): Element[] {
  return elements.filter((element) => importedParts(element).some(({ library }) => library === alias));
}

/** Returns the document with an import called otherwise, in it and wherever it is used. */
export function renameImport(document: Document, id: string, alias: string): Document {
  const renamed = importsOf(elementsOf(document)).find((element) => idOf(element) === id);
  if (!renamed) return document;
  const before = renamed.name;
  const elements = elementsOf(document).map((element) => {
    if (element === renamed) return carried(element, { ...element, name: alias });
    if (!before || !hasTerritory(element) || !importedParts(element).some(({ library }) => library === before)) {
      return element;
    }
    return carried(element, { ...element, value: withLibrary(element.value ?? [], before, alias) });
  });
  return { ...document, elements };
}

function withLibrary(parts: readonly Part[], before: string, after: string): Part[] {
  return parts.map((part) => {
    if (part.type === "group") return { ...part, value: withLibrary(part.value, before, after) };
    return part.type === "imported" && part.library === before ? { ...part, library: after } : part;
  });
}

function carried(from: Element, to: Element): Element {
  carryId(from, to);
  return to;
}

function hasTerritory(element: Element): element is TerritoryLayer {
  return element.type === "territory" || element.type === "flag";
}
