/** What is to be said of which line of the program: by the services that read it, and by the render. */

import type { Run } from "@/features/preview/renderer";
import type { Problem } from "@/shared/api/problem";
import type { Mark } from "./code/CodeEditor";
import type { MapContent } from "./map_editor";

const WARNING_OF_LINE = /^line (\d+): (.*)$/s;

/** Returns the marks of a program; a render's only as long as it is the program that was rendered. */
export function marksOf(content: MapContent, problem: Problem | null, run: Run | null): Mark[] {
  const faults = problem?.faults ?? [];
  const read = faults.flatMap(({ line, column, message }) =>
    line == null ? [] : [{ line, column: column ?? null, severity: "error", message } satisfies Mark],
  );
  if (run?.program !== content.program) return read;
  const { error, warnings = [] } = run.render ?? {};
  const failed: Mark[] =
    error?.line == null
      ? []
      : [{ line: error.line, column: null, severity: "error", message: `${error.type}: ${error.message}` }];
  const warned = warnings.flatMap((warning) => {
    const [, line, message] = WARNING_OF_LINE.exec(warning) ?? [];
    return line && message ? [{ line: Number(line), column: null, severity: "warning", message } satisfies Mark] : [];
  });
  const refused = (run.problem?.faults ?? []).flatMap(({ line, column, message }) =>
    line == null || read.length > 0
      ? []
      : [{ line, column: column ?? null, severity: "error", message } satisfies Mark],
  );
  return [...read, ...refused, ...failed, ...warned];
}
