/** The program as text, with what helps to write it. */

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, indentWithTab } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { bracketMatching, foldGutter, foldKeymap, indentOnInput, indentUnit } from "@codemirror/language";
import { lintGutter, lintKeymap, setDiagnostics, type Diagnostic } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { EditorState, type Extension } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { useEffect, useRef } from "react";

import type { NameSource } from "@/features/builder/name_sources";
import { completeMap } from "./completion";
import { changeBetween } from "./difference";
import { look } from "./look";

/** Something to be said of a line; lines and columns count from 1. */
export interface Mark {
  line: number;
  column: number | null;
  severity: "error" | "warning";
  message: string;
}

/** The wish to see a line; every wish is an object of its own. */
export interface Wish {
  line: number;
}

interface CodeEditorProps {
  program: string;
  /** What it is, for those who do not see it. */
  label?: string;
  readOnly?: boolean;
  marks: readonly Mark[];
  /** What gives names to territories. */
  names?: readonly NameSource[];
  wish: Wish | null;
  onChange?: (program: string) => void;
  onUndo?: () => void;
  onRedo?: () => void;
}

export default function CodeEditor(props: CodeEditorProps) {
  const { program, marks, wish } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    if (!host.current) return;
    const made = new EditorView({
      parent: host.current,
      state: EditorState.create({ doc: latest.current.program, extensions: extensions(latest) }),
    });
    view.current = made;
    return () => {
      made.destroy();
      view.current = null;
    };
  }, []);

  useEffect(() => {
    const change = view.current && changeBetween(view.current.state.doc.toString(), program);
    if (change) view.current?.dispatch({ changes: change, selection: { anchor: change.from + change.insert.length } });
  }, [program]);

  useEffect(() => {
    const state = view.current?.state;
    if (state) view.current?.dispatch(setDiagnostics(state, marks.map(diagnose(state))));
  }, [marks]);

  useEffect(() => {
    const { current } = view;
    if (!wish || !current) return;
    const line = current.state.doc.line(Math.min(Math.max(1, wish.line), current.state.doc.lines));
    current.dispatch({
      selection: { anchor: line.from, head: line.to },
      effects: EditorView.scrollIntoView(line.from, { y: "center" }),
    });
    current.focus();
  }, [wish]);

  return <div ref={host} className="code-editor" />;
}

function extensions(latest: { current: CodeEditorProps }): Extension {
  const run = (act: (props: CodeEditorProps) => void) => () => {
    act(latest.current);
    return true;
  };
  return [
    lineNumbers(),
    highlightActiveLineGutter(),
    foldGutter(),
    lintGutter(),
    drawSelection(),
    indentOnInput(),
    indentUnit.of("    "),
    bracketMatching(),
    closeBrackets(),
    highlightActiveLine(),
    highlightSelectionMatches(),
    python(),
    autocompletion({ override: [(context) => completeMap(context, latest.current.names ?? [])] }),
    look,
    EditorState.readOnly.of(latest.current.readOnly ?? false),
    EditorView.contentAttributes.of({
      "aria-label": latest.current.label ?? "Program",
      autocapitalize: "off",
      autocorrect: "off",
    }),
    // What is undone is the map, here and in the builder alike. Escape, then Tab leaves the editor.
    keymap.of([
      { key: "Mod-z", run: run(({ onUndo }) => onUndo?.()) },
      { key: "Mod-Shift-z", run: run(({ onRedo }) => onRedo?.()) },
      { key: "Mod-y", run: run(({ onRedo }) => onRedo?.()) },
      { key: "Mod-Enter", run: () => true }, // the page's
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...searchKeymap,
      ...foldKeymap,
      ...lintKeymap,
      ...defaultKeymap,
      indentWithTab,
    ]),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) latest.current.onChange?.(update.state.doc.toString());
    }),
  ];
}

function diagnose(state: EditorState): (mark: Mark) => Diagnostic {
  return ({ line, column, severity, message }) => {
    const { from, to } = state.doc.line(Math.min(Math.max(1, line), state.doc.lines));
    const start = column === null ? from : Math.min(from + column - 1, to);
    return { from: start, to, severity, message };
  };
}
