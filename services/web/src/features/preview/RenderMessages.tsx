/** What a render said: errors and warnings with the lines that they belong to, and what the program printed. */

import { Fragment, type ReactNode } from "react";

import type { Problem } from "@/shared/api/problem";
import { Button } from "@/shared/ui/Button";
import { FaultList, hasPlaces } from "@/shared/ui/FaultList";
import { ProblemNote } from "@/shared/ui/ProblemNote";
import type { Run } from "./renderer";

const LINE_OF_PROGRAM = /((?<=File "map\.py", )line (?:\d+)|^line (?:\d+)(?=:))/gm;

interface RenderMessagesProps {
  run: Run | null;
  /** Leads to a line of the program. */
  onLine: (line: number) => void;
  onRetry: () => void;
}

export function RenderMessages({ run, onLine, onRetry }: RenderMessagesProps) {
  const error = run?.render?.error;
  const warnings = run?.render?.warnings ?? [];
  const output = run?.render?.output ?? "";
  if (!run || (!run.problem && !error && warnings.length === 0 && !output)) return null;
  const lines = (text: string) => withLines(text, onLine);
  return (
    <div className="render-messages">
      {run.problem && <Refusal problem={run.problem} onLine={onLine} onRetry={onRetry} />}
      {error && (
        <div className="note bad" role="alert">
          <h3>{error.type}</h3>
          <p>
            {error.message}
            {error.line !== null && <> ({lineButton(error.line, onLine)})</>}
          </p>
          {error.traceback && <pre tabIndex={0}>{lines(error.traceback)}</pre>}
        </div>
      )}
      {warnings.length > 0 && (
        <div className="note warn">
          <h3>{warnings.length === 1 ? "A warning" : `${warnings.length} warnings`}</h3>
          <ul>
            {warnings.map((warning, index) => (
              <li key={index}>{lines(warning)}</li>
            ))}
          </ul>
        </div>
      )}
      {output && (
        <details className="note">
          <summary>Printed by the program</summary>
          <pre tabIndex={0}>{output}</pre>
        </details>
      )}
    </div>
  );
}

interface RefusalProps {
  problem: Problem;
  onLine: (line: number) => void;
  onRetry: () => void;
}

function Refusal({ problem, onLine, onRetry }: RefusalProps) {
  return (
    <ProblemNote error={problem} isBrief={hasPlaces(problem.faults)} onRetry={onRetry}>
      <FaultList faults={problem.faults} onLine={onLine} />
    </ProblemNote>
  );
}

/** Makes the lines that a text names into buttons that lead to them. */
function withLines(text: string, onLine: (line: number) => void): ReactNode {
  return text.split(LINE_OF_PROGRAM).map((piece, index) => {
    const line = index % 2 === 1 ? Number(piece.replace(/\D/g, "")) : null;
    return <Fragment key={index}>{line === null ? piece : lineButton(line, onLine)}</Fragment>;
  });
}

function lineButton(line: number, onLine: (line: number) => void): ReactNode {
  return (
    <Button look="link" onPress={() => onLine(line)}>
      line {line}
    </Button>
  );
}
