/** What is to be said of which line of the program: by the services that read it, and by the render. */

import type { Run } from "@/features/preview/renderer";
import type { Fault, Problem } from "@/shared/api/problem";
import type { Mark } from "./code/CodeEditor";
import type { MapContent } from "./map_editor";

const WARNING_OF_LINE = /^line (\d+): (.*)$/s;

/** A program, and what was wrong with it when it was to be published. */
export interface Refused {
  readonly program: string | null;
  readonly faults: readonly Fault[];
}

/** Returns the marks of a program: those of a render or a refusal only as long as it is the program that they are of. */
export function marksOf(
  content: MapContent,
  problem: Problem | null,
  run: Run | null,
  refusedToPublish: Refused | null,
): Mark[] {
  const unpublishable = refusedToPublish?.program === content.program ? refusedToPublish.faults : [];
  const unread = errorsOf(problem?.faults ?? []);
  const read = unread.length > 0 ? unread : errorsOf(unpublishable);
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
  const refused = read.length > 0 ? [] : errorsOf(run.problem?.faults ?? []);
  return [...read, ...refused, ...failed, ...warned];
}

function errorsOf(faults: readonly Fault[]): Mark[] {
  return faults.flatMap(({ line, column, message }) =>
    line == null ? [] : [{ line, column: column ?? null, severity: "error", message }],
  );
}
