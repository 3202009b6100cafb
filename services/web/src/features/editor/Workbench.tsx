/** Where a map is made: as layers or as code on one side, as it looks on the other. */

import { lazy, Suspense, useCallback, useEffect, useMemo, useState, useSyncExternalStore, type ReactNode } from "react";

import { elementsOf, type Element } from "@/features/builder/document";
import { FilesContext } from "@/features/builder/files_context";
import { idOf } from "@/features/builder/layer_ids";
import { nameSources, type NameSource } from "@/features/builder/name_sources";
import { add } from "@/features/builder/operations";
import { layerAtLine } from "@/features/builder/sources";
import { useMapImports } from "@/features/imports/found";
import { importMarks } from "@/features/imports/import_marks";
import type { ImportPath } from "@/features/imports/paths";
import { OwnSourcePane } from "@/features/library/OwnSourcePane";
import type { Role } from "@/features/library/own_sources";
import { MapDesk } from "@/features/preview/MapDesk";
import { MapPane } from "@/features/preview/MapPane";
import { RenderMessages } from "@/features/preview/RenderMessages";
import { openShortcuts } from "@/features/shell/shortcut_sheet";
import type { Fault } from "@/shared/api/problem";
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
import { LinesContext } from "./lines_context";
import { marksOf, type Refused } from "./marks";
import { useShortcuts } from "./shortcuts";
import { useAutomaticWork, useInStep } from "./automatic_work";

const CodeEditor = lazy(() => import("./code/CodeEditor"));
const LibraryMap = lazy(() => import("@/features/library/LibraryMap"));
const ImportDialog = lazy(() => import("@/features/imports/ImportDialog"));

const MODES = [
  { id: "builder", name: "Builder" },
  { id: "code", name: "Code" },
  { id: "library", name: "Library" },
  { id: "theme", name: "Theme" },
] as const;

type Mode = (typeof MODES)[number]["id"];

interface WorkbenchProps {
  bench: Bench;
  title: string;
  /** Tells where the map's own library and theme are kept, where they are works of their own. */
  aboutOwn?: (role: Role) => ReactNode;
  /** What is to be imported as soon as the map is open. */
  wanted?: ImportPath | null;
  /** What stands above: the map's name, whether it is saved, what can be done with it. */
  children: ReactNode;
}

export function Workbench({ bench, title, aboutOwn, wanted = null, children }: WorkbenchProps) {
  const { editor, own, renderer } = bench;
  const { content, problem } = useSyncExternalStore(editor.subscribe, editor.getState);
  const { run } = useSyncExternalStore(renderer.subscribe, renderer.getState);
  const [mode, setMode] = useState<Mode>("builder");
  const [selected, setSelected] = useState<string | null>(null);
  const [wish, setWish] = useState<Wish | null>(null);
  const [rendersAlone, setRendersAlone] = useState(false);
  const [importing, setImporting] = useState<ImportPath | "anything" | null>(wanted);

  const render = useCallback(() => renderNow(bench), [bench]);
  useAutomaticWork(bench, rendersAlone);
  useEffect(() => {
    render();
    return () => renderer.abandon();
  }, [render, renderer]);

  const sources = useSyncExternalStore(own.subscribe, own.getState);
  const edited = (mode === "library" || mode === "theme" ? sources[mode]?.editor : null) ?? editor;
  const { canUndo, canRedo } = useSyncExternalStore(edited.subscribe, edited.getState);
  useShortcuts({
    render,
    stop: () => void renderer.stop(),
    undo: edited.undo,
    redo: edited.redo,
    builder: () => setMode("builder"),
    code: () => setMode("code"),
    addImport: () => setImporting("anything"),
  });

  // While a changed program is read, the names of the former one stay.
  const [former, setFormer] = useState(content.document);
  if (content.document && content.document !== former) setFormer(content.document);
  const imports = useMapImports(former);
  const names = useMemo(
    () => nameSources({ elements: former ? elementsOf(former) : [], imports, libraryNames: sources.names }),
    [former, imports, sources.names],
  );
  const [refused, setRefused] = useState<Refused | null>(null);
  const marks = useMemo(() => {
    const said = marksOf(content, problem, run, refused);
    const isInStep = content.document !== null && content.program !== null;
    return isInStep ? [...said, ...importMarks(content.document, imports)] : said;
  }, [content, problem, run, refused, imports]);
  const showLine = (line: number) => {
    const layer = mode === "builder" && content.document ? layerAtLine(content.document, line) : null;
    if (layer) {
      setSelected(layer);
    } else {
      setMode("code");
      setWish({ line });
    }
  };

  const lines = {
    show: showLine,
    mark: (faults: readonly Fault[]) => setRefused({ program: editor.getState().content.program, faults }),
  };

  const addImport = async (element: Element) => {
    const { document } = await editor.inStep();
    if (!document) return;
    editor.editDocument(add(document, element, null));
    setSelected(idOf(element));
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
      <MapDesk>
        <div className="workbench">
          <div className="editor-bar">
            <LinesContext value={lines}>{children}</LinesContext>
            <span className="row editor-tools">
              <Button small look="quiet" icon aria-label="Undo" isDisabled={!canUndo} onPress={edited.undo}>
                ↶
              </Button>
              <Button small look="quiet" icon aria-label="Redo" isDisabled={!canRedo} onPress={edited.redo}>
                ↷
              </Button>
              <Checkbox label="Render as I type" selected={rendersAlone} onChange={setRendersAlone} />
              <Button small look="quiet" icon aria-label="Keyboard shortcuts" onPress={openShortcuts}>
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
                  {mode === "code" && (
                    <CodePane bench={bench} program={content.program} marks={marks} names={names} wish={wish} />
                  )}
                  {(mode === "library" || mode === "theme") && (
                    <OwnSourcePane own={own} role={mode}>
                      {aboutOwn?.(mode)}
                    </OwnSourcePane>
                  )}
                  {mode === "builder" && (
                    <BuilderPane
                      bench={bench}
                      run={run}
                      selected={selected}
                      onSelect={setSelected}
                      onImport={() => setImporting("anything")}
                      onLine={(line) => {
                        setMode("code");
                        setWish({ line });
                      }}
                    />
                  )}
                </div>
                <RenderMessages run={run} onLine={showLine} onRetry={render} />
              </section>
            }
            second={
              <MapPane
                renderer={renderer}
                title={title}
                onRender={render}
                library={(tabs, link) => (
                  <Suspense fallback={<Waiting />}>
                    <LibraryMap tabs={tabs} link={link} sources={names} ownSource={sources.texts.library} />
                  </Suspense>
                )}
              />
            }
          />
          {importing && (
            <Suspense>
              <ImportDialog
                elements={content.document ? elementsOf(content.document) : []}
                wanted={importing === "anything" ? null : importing}
                onImport={addImport}
                onClose={() => setImporting(null)}
              />
            </Suspense>
          )}
        </div>
      </MapDesk>
    </FilesContext>
  );
}

interface CodePaneProps {
  bench: Bench;
  /** Null: it is being written from the document. */
  program: string | null;
  marks: ReturnType<typeof marksOf>;
  names: readonly NameSource[];
  wish: Wish | null;
}

function CodePane({ bench: { editor }, program, marks, names, wish }: CodePaneProps) {
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
        names={names}
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
