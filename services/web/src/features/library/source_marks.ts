/** What is to be said of which line of a library or theme. */

import type { Mark } from "@/features/editor/code/CodeEditor";
import type { Fault } from "@/shared/api/problem";

export function sourceMarks(faults: readonly Fault[]): Mark[] {
  return faults.flatMap(({ line, column, message }) =>
    line == null ? [] : [{ line, column: column ?? null, severity: "error", message }],
  );
}
