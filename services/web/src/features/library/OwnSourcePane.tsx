/** Edits a map's own library or theme, beside the map. */

import { lazy, Suspense, useMemo, useSyncExternalStore, type ReactNode } from "react";

import { Button } from "@/shared/ui/Button";
import { Waiting } from "@/shared/ui/Waiting";
import { EXAMPLES, KIND_OF } from "./beginnings";
import "./library.css";
import type { OwnSources, Role } from "./own_sources";
import { sourceMarks } from "./source_marks";

const CodeEditor = lazy(() => import("@/features/editor/code/CodeEditor"));

const WORDS: Readonly<Record<Role, { label: string; about: string }>> = {
  library: { label: "Library of this map", about: "What is named here can be used in every layer." },
  theme: { label: "Theme of this map", about: "Colours and style rules, which the layers take up." },
};

interface OwnSourcePaneProps {
  own: OwnSources;
  role: Role;
  /** Where it is kept, if it is a work of its own. */
  children?: ReactNode;
}

export function OwnSourcePane({ own, role, children }: OwnSourcePaneProps) {
  const { texts, names, problem, ...sources } = useSyncExternalStore(own.subscribe, own.getState);
  const source = sources[role];
  const text = texts[role];
  const { label, about } = WORDS[role];
  const marks = useMemo(() => (role === "library" && problem ? sourceMarks(problem.faults) : []), [role, problem]);
  return (
    <section className="own-source" aria-label={label}>
      <div className="own-source-head">
        <p className="hint">
          {about} {role === "library" && names.length > 0 && `${names.length} so far: ${names.join(", ")}.`}
        </p>
        {children}
        {source && !text.trim() && (
          <div>
            <Button small onPress={() => source.edit(EXAMPLES[KIND_OF[role]])}>
              Begin with an example
            </Button>
          </div>
        )}
      </div>
      {source && (
        <Suspense fallback={<Waiting what="Loading the editor" />}>
          <CodeEditor
            key={role}
            program={text}
            label={label}
            marks={marks}
            wish={null}
            onChange={source.edit}
            onUndo={source.editor.undo}
            onRedo={source.editor.redo}
          />
        </Suspense>
      )}
    </section>
  );
}
