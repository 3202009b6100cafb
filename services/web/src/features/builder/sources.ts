/** Which lines of the program a layer is: the services keep every layer's text with it. */

import { elementsOf, type Document, type Element } from "./document";
import { idOf } from "./layer_ids";

/** Returns the layer whose statement a line of the program is in; null: none. Lines count from 1. */
export function layerAtLine(document: Document, line: number): string | null {
  let end = 1;
  for (const element of elementsOf(document)) {
    const text = textOf(element);
    if (text === null) return null;
    end += linesIn(text);
    if (line < end) return idOf(element);
  }
  return null;
}

/** Returns the first line of each layer's statement, by the layer's id. */
export function firstLines(document: Document): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  let line = 1;
  for (const element of elementsOf(document)) {
    const text = textOf(element);
    if (text === null) break;
    const lead = "source" in element ? (element.source?.lead ?? "") : "";
    lines.set(idOf(element), line + linesIn(lead));
    line += linesIn(text);
  }
  return lines;
}

function textOf(element: Element): string | null {
  if (element.type === "python") return element.value;
  return element.source ? element.source.lead + element.source.code : null;
}

function linesIn(text: string): number {
  return text.split("\n").length - 1;
}
