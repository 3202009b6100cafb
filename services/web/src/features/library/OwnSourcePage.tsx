/** One's own library or theme, to be edited and published. */

import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useMemo, useState, useSyncExternalStore } from "react";

import type { Account } from "@/features/account/session";
import { keepSaved } from "@/features/editor/automatic_work";
import type { Wish } from "@/features/editor/code/CodeEditor";
import "@/features/editor/editor.css";
import { LinesContext } from "@/features/editor/lines_context";
import { SaveStatus } from "@/features/editor/SaveStatus";
import { KIND_WORDS } from "@/features/work/kinds";
import { PublishButton } from "@/features/work/PublishButton";
import { VersionMenu } from "@/features/work/VersionMenu";
import type { Work } from "@/features/work/work";
import { WorkMenu } from "@/features/work/WorkMenu";
import { isProblem, type Fault } from "@/shared/api/problem";
import { Button } from "@/shared/ui/Button";
import { Split } from "@/shared/ui/Split";
import { useSettled } from "@/shared/ui/use_settled";
import { Waiting } from "@/shared/ui/Waiting";
import { ABOUT, type SourceKind } from "./beginnings";
import { sourceMarks } from "./source_marks";
import { namesQuery, SourceLook } from "./SourceLook";
import { openSource } from "./sources";
import { UseLink } from "./UseLink";

const CodeEditor = lazy(() => import("@/features/editor/code/CodeEditor"));

interface OwnSourcePageProps {
  work: Work;
  kind: SourceKind;
  account: Account;
}

export default function OwnSourcePage({ work, kind, account }: OwnSourcePageProps) {
  const [{ editor, saver }] = useState(() => openSource(work, account));
  useEffect(() => keepSaved({ editor, saver }), [editor, saver]);
  const { content, canUndo, canRedo } = useSyncExternalStore(editor.subscribe, editor.getState);
  const source = content.program ?? "";
  const { error } = useQuery(namesQuery(useSettled(source)));
  const [refused, setRefused] = useState<{ source: string; faults: readonly Fault[] } | null>(null);
  const [wish, setWish] = useState<Wish | null>(null);
  const marks = useMemo(
    () => sourceMarks(isProblem(error) ? error.faults : refused?.source === source ? refused.faults : []),
    [error, refused, source],
  );
  const lines = {
    show: (line: number) => setWish({ line }),
    mark: (faults: readonly Fault[]) => setRefused({ source, faults }),
  };
  return (
    <div className="workbench">
      <div className="editor-bar">
        <LinesContext value={lines}>
          <h1>{work.name}</h1>
          <span className="hint">{KIND_WORDS[kind].one}</span>
          <VersionMenu work={work} version={null} isOwn />
          <SaveStatus bench={{ editor, saver }} />
          <PublishButton work={work} saver={saver} />
          {work.latest_version > 0 && <UseLink work={work} version={work.latest_version} />}
          <WorkMenu work={work} version={null} isOwn saver={saver} />
          {work.hidden_reason && <p className="hint">Hidden by administrators: {work.hidden_reason}</p>}
        </LinesContext>
        <span className="row editor-tools">
          <Button small look="quiet" icon aria-label="Undo" isDisabled={!canUndo} onPress={editor.undo}>
            ↶
          </Button>
          <Button small look="quiet" icon aria-label="Redo" isDisabled={!canRedo} onPress={editor.redo}>
            ↷
          </Button>
        </span>
      </div>
      <Split
        label="Width of the editor"
        first={
          <div className="own-source">
            <p className="own-source-head hint">{ABOUT[kind]}</p>
            <Suspense fallback={<Waiting what="Loading the editor" />}>
              <CodeEditor
                program={source}
                label={`Source of ${work.name}`}
                marks={marks}
                wish={wish}
                onChange={(text) => editor.editProgram(text)}
                onUndo={editor.undo}
                onRedo={editor.redo}
              />
            </Suspense>
          </div>
        }
        second={<SourceLook kind={kind} name={work.name} source={source} />}
      />
    </div>
  );
}
