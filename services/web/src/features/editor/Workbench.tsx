/** Where a map is made: as layers or as code on one side, as it looks on the other. */

import {
  lazy,
  Suspense,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from "react";

import { FilesContext } from "@/features/builder/files_context";
import { layerAtLine } from "@/features/builder/sources";
import { PickingContext, type Picking } from "@/features/preview/picking";
import type { Pick } from "@/features/preview/picks";
import { Preview } from "@/features/preview/Preview";
import { ReferenceMap } from "@/features/preview/ReferenceMap";
import { RenderMessages } from "@/features/preview/RenderMessages";
import { Button } from "@/shared/ui/Button";
import { Checkbox } from "@/shared/ui/fields";
import { ProblemNote } from "@/shared/ui/ProblemNote";
import { Segments } from "@/shared/ui/Segments";
import { Split } from "@/shared/ui/Split";
import { Waiting } from "@/shared/ui/Waiting";
import { renderNow, type Bench } from "./bench";
import { BuilderPane } from "./BuilderPane";
import type { Wish } from "./code/CodeEditor";
import "./editor.css";
import { upload } from "./files";
import { FilesButton } from "./FilesButton";
import { marksOf } from "./marks";
import { useShortcuts } from "./shortcuts";
import { ShortcutSheet } from "./ShortcutSheet";
import { useAutomaticWork, useInStep } from "./automatic_work";

const CodeEditor = lazy(() => import("./code/CodeEditor"));

const MODES = [
  { id: "builder", name: "Builder" },
  { id: "code", name: "Code" },
] as const;

type Mode = (typeof MODES)[number]["id"];

interface WorkbenchProps {
  bench: Bench;
  title: string;
  /** What stands above: the map's name, whether it is saved, what can be done with it. */
  children: ReactNode;
}

export function Workbench({ bench, title, children }: WorkbenchProps) {
  const { editor, renderer, saver } = bench;
  const { content, canUndo, canRedo, problem } = useSyncExternalStore(editor.subscribe, editor.getState);
  const { run } = useSyncExternalStore(renderer.subscribe, renderer.getState);
  const [mode, setMode] = useState<Mode>("builder");
  const [selected, setSelected] = useState<string | null>(null);
  const [wish, setWish] = useState<Wish | null>(null);
  const [rendersAlone, setRendersAlone] = useState(false);
  const [showsKeys, setShowsKeys] = useState(false);
  const picking = usePicking();

  const render = useCallback(() => renderNow(bench), [bench]);
  useAutomaticWork(bench, rendersAlone);
  useEffect(() => {
    render();
    saver.resume();
    return () => {
      renderer.abandon();
      void saver.flush();
    };
  }, [render, renderer, saver]);

  useShortcuts({
    render,
    stop: () => void renderer.stop(),
    undo: editor.undo,
    redo: editor.redo,
    builder: () => setMode("builder"),
    code: () => setMode("code"),
    help: () => setShowsKeys(true),
  });

  const marks = useMemo(() => marksOf(content, problem, run), [content, problem, run]);
  const showLine = (line: number) => {
    const layer = mode === "builder" && content.document ? layerAtLine(content.document, line) : null;
    if (layer) {
      setSelected(layer);
    } else {
      setMode("code");
      setWish({ line });
    }
  };

  const files = useMemo(
    () => ({
      files: content.files,
      upload: async (file: File) => {
        const { name, sha256 } = await upload(file);
        editor.editFiles({ ...editor.getState().content.files, [name]: sha256 });
        return name;
      },
    }),
    [content.files, editor],
  );

  return (
    <FilesContext value={files}>
      <PickingContext value={picking}>
        <div className="workbench">
          <div className="editor-bar">
            {children}
            <span className="row editor-tools">
              <Button small look="quiet" icon aria-label="Undo" isDisabled={!canUndo} onPress={editor.undo}>
                ↶
              </Button>
              <Button small look="quiet" icon aria-label="Redo" isDisabled={!canRedo} onPress={editor.redo}>
                ↷
              </Button>
              <Checkbox label="Render as I type" selected={rendersAlone} onChange={setRendersAlone} />
              <Button small look="quiet" icon aria-label="Keyboard shortcuts" onPress={() => setShowsKeys(true)}>
                ?
              </Button>
            </span>
          </div>
          <Split
            label="Width of the editor"
            first={
              <section className="editor-pane" aria-label="Editor">
                <div className="editor-modes">
                  <Segments label="How to edit" value={mode} choices={MODES} onChange={setMode} />
                  <FilesButton
                    onRemove={(name) => {
                      const others = Object.entries(content.files).filter(([other]) => other !== name);
                      editor.editFiles(Object.fromEntries(others));
                    }}
                  />
                </div>
                <div className="editor-body">
                  {mode === "builder" ? (
                    <BuilderPane
                      editor={editor}
                      run={run}
                      selected={selected}
                      onSelect={setSelected}
                      onLine={(line) => {
                        setMode("code");
                        setWish({ line });
                      }}
                    />
                  ) : (
                    <CodePane bench={bench} program={content.program} marks={marks} wish={wish} />
                  )}
                </div>
                <RenderMessages run={run} onLine={showLine} onRetry={render} />
              </section>
            }
            second={
              picking.field ? (
                <ReferenceMap label={picking.field.label} />
              ) : (
                <Preview renderer={renderer} title={title} onRender={render} />
              )
            }
          />
          <ShortcutSheet isOpen={showsKeys} onClose={() => setShowsKeys(false)} />
        </div>
      </PickingContext>
    </FilesContext>
  );
}

function usePicking(): Picking {
  const [field, setField] = useState<Picking["field"]>(null);
  const listeners = useRef(new Set<(pick: Pick) => void>());
  const end = useCallback(() => setField(null), []);
  const listen = useCallback((hear: (pick: Pick) => void) => {
    const { current } = listeners;
    current.add(hear);
    return () => current.delete(hear);
  }, []);
  const tell = useCallback((pick: Pick) => {
    for (const hear of listeners.current) hear(pick);
  }, []);
  return useMemo(() => ({ field, begin: setField, end, listen, tell }), [field, end, listen, tell]);
}

interface CodePaneProps {
  bench: Bench;
  /** Null: it is being written from the document. */
  program: string | null;
  marks: ReturnType<typeof marksOf>;
  wish: Wish | null;
}

function CodePane({ bench: { editor }, program, marks, wish }: CodePaneProps) {
  const { problem } = useSyncExternalStore(editor.subscribe, editor.getState);
  useInStep(editor);
  // While the program is written anew, the former one stays.
  const [shown, setShown] = useState(program);
  if (program !== null && program !== shown) setShown(program);
  if (shown === null) return problem ? <ProblemNote error={problem} /> : <Waiting what="Writing the program" />;
  return (
    <Suspense fallback={<Waiting what="Loading the editor" />}>
      <CodeEditor
        program={shown}
        marks={marks}
        wish={wish}
        onChange={(next) => {
          // What is shown is not the map's program as long as that is being written.
          if (editor.getState().content.program !== null) editor.editProgram(next);
        }}
        onUndo={editor.undo}
        onRedo={editor.redo}
      />
    </Suspense>
  );
}
