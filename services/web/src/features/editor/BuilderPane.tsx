/** The builder, once the services have read the program; and what to do where they cannot. */

import { useMemo, useState, useSyncExternalStore } from "react";

import { Builder } from "@/features/builder/Builder";
import { elementsOf } from "@/features/builder/document";
import { EMPTY_FAULTS, joinFaults, layerFaults, withFault } from "@/features/builder/faults";
import { layerAtLine } from "@/features/builder/sources";
import { useMapImports } from "@/features/imports/found";
import { importFaults } from "@/features/imports/import_faults";
import type { Run } from "@/features/preview/renderer";
import { Button } from "@/shared/ui/Button";
import { ProblemNote } from "@/shared/ui/ProblemNote";
import { Waiting } from "@/shared/ui/Waiting";
import { useInStep } from "./automatic_work";
import type { Bench } from "./bench";

interface BuilderPaneProps {
  bench: Bench;
  run: Run | null;
  selected: string | null;
  onSelect: (id: string | null) => void;
  /** Wishes to import something. */
  onImport: () => void;
  /** Leads to a line of the program. */
  onLine: (line: number) => void;
}

export function BuilderPane({ bench: { editor, own }, run, selected, onSelect, onImport, onLine }: BuilderPaneProps) {
  const { content, problem } = useSyncExternalStore(editor.subscribe, editor.getState);
  // While a changed program is read, the former layers stay to be seen.
  const [former, setFormer] = useState(content.document);
  if (content.document && content.document !== former) setFormer(content.document);
  const document = content.document ?? (problem ? null : former);
  const [tries, setTries] = useState(0);
  useInStep(editor, tries);

  const imports = useMapImports(document);
  const { names } = useSyncExternalStore(own.subscribe, own.getState);

  const error = run?.render?.error;
  const faults = useMemo(() => {
    if (!document) return EMPTY_FAULTS;
    const elements = elementsOf(document);
    const found = joinFaults(layerFaults(document, problem?.faults ?? []), importFaults(elements, imports));
    const layer = error?.line != null ? layerAtLine(document, error.line) : null;
    return layer && error ? withFault(found, layer, "", `${error.type}: ${error.message}`) : found;
  }, [document, problem, error, imports]);

  if (!document) {
    const line = problem?.faults.find((fault) => fault.line != null)?.line ?? null;
    if (!problem) return <Waiting what="Reading the program" />;
    return (
      <div className="editor-note">
        <ProblemNote
          error={problem}
          heading="The builder cannot show this program yet"
          onRetry={() => setTries(tries + 1)}
        >
          {line !== null && (
            <div>
              <Button onPress={() => onLine(line)}>See line {line}</Button>
            </div>
          )}
        </ProblemNote>
      </div>
    );
  }
  return (
    <div className="editor-builder" inert={!content.document} aria-busy={!content.document}>
      <Builder
        document={document}
        faults={faults}
        imports={imports}
        libraryNames={names}
        onImport={onImport}
        selected={selected}
        onSelect={onSelect}
        onChange={(changed, group) => editor.editDocument(changed, group)}
      />
      {problem && faults.size === 0 && (
        <div className="editor-note">
          <ProblemNote error={problem} onRetry={() => setTries(tries + 1)} />
        </div>
      )}
    </div>
  );
}
