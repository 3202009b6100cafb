/** Marks the lines of the program whose imports, or names of imports, are not there. */

import type { Mark } from "@/features/editor/code/CodeEditor";
import { elementsOf, type Document } from "@/features/builder/document";
import { firstLines } from "@/features/builder/sources";
import type { FoundImports } from "./found";
import { importFaults } from "./import_faults";

/** Returns the marks of a program, by its document. */
export function importMarks(document: Document, found: FoundImports): Mark[] {
  const faults = importFaults(elementsOf(document), found);
  if (faults.size === 0) return [];
  const lines = firstLines(document);
  return [...faults].flatMap(([id, ofLayer]) => {
    const line = lines.get(id);
    if (line === undefined) return [];
    return [...ofLayer.values()].map((message): Mark => ({ line, column: null, severity: "error", message }));
  });
}
