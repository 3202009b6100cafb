/** What is wrong with which layer: what the services said of the document, and what a render said of a line. */

import type { Fault } from "@/shared/api/problem";
import { elementsOf, type Document } from "./document";
import { idOf } from "./layer_ids";

/** Faults by the layer's id, then by the field; the empty field is the layer as a whole. */
export type LayerFaults = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** Tells layers and fields of the faults that the services found in a document. */
export function layerFaults(document: Document, faults: readonly Fault[]): LayerFaults {
  const elements = elementsOf(document);
  const found = new Map<string, Map<string, string>>();
  for (const { field = "", message } of faults) {
    // As in `document.elements.3.flag.args.period.0`: the layer's place, its type, the field, and what is within it.
    const match = /^document\.elements\.(\d+)\.?(?:[a-z_]+\.?)?(.*)$/.exec(field);
    const element = elements[Number(match?.[1])];
    if (!match || !element) continue;
    const id = idOf(element);
    const [first = "", second] = (match[2] ?? "").split(".");
    const at = first === "args" && second ? `args.${second}` : first;
    const ofLayer = found.get(id) ?? new Map<string, string>();
    if (!ofLayer.has(at)) ofLayer.set(at, message);
    found.set(id, ofLayer);
  }
  return found;
}

export const EMPTY_FAULTS: LayerFaults = new Map();

/** Returns the faults with one more of a field, unless that has one; the empty field is the layer as a whole. */
export function withFault(faults: LayerFaults, id: string, field: string, message: string): LayerFaults {
  return new Map([...faults, [id, new Map([[field, message], ...(faults.get(id) ?? [])])]]);
}

/** Returns all faults of both; where both know one of a field, the first's. */
export function joinFaults(faults: LayerFaults, others: LayerFaults): LayerFaults {
  const joined = new Map(faults);
  for (const [id, fields] of others) joined.set(id, new Map([...fields, ...(joined.get(id) ?? [])]));
  return joined;
}

/** Says what is wrong with a layer; null: nothing. */
export function describeFault(faults: LayerFaults, id: string): string | null {
  const messages = [...(faults.get(id)?.values() ?? [])];
  return messages.length > 0 ? messages.join(". ") : null;
}
