/** Two programs side by side: on the left what was changed elsewhere, on the right what will be kept. */

import { defaultKeymap, indentWithTab } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { MergeView } from "@codemirror/merge";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { useEffect, useRef } from "react";

import { look } from "./look";

interface MergeEditorProps {
  theirs: string;
  mine: string;
  onChange: (merged: string) => void;
}

export default function MergeEditor({ theirs, mine, onChange }: MergeEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const begun = useRef({ theirs, mine });
  const latest = useRef(onChange);
  useEffect(() => {
    latest.current = onChange;
  });
  useEffect(() => {
    if (!host.current) return;
    const common = [lineNumbers(), python(), look];
    const view = new MergeView({
      parent: host.current,
      a: {
        doc: begun.current.theirs,
        extensions: [
          common,
          EditorState.readOnly.of(true),
          EditorView.contentAttributes.of({ "aria-label": "What was changed elsewhere" }),
        ],
      },
      b: {
        doc: begun.current.mine,
        extensions: [
          common,
          keymap.of([...defaultKeymap, indentWithTab]),
          EditorView.contentAttributes.of({ "aria-label": "What will be kept" }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current(update.state.doc.toString());
          }),
        ],
      },
      revertControls: "a-to-b",
      collapseUnchanged: { margin: 3 },
    });
    return () => view.destroy();
  }, []);
  return <div ref={host} className="merge-editor" />;
}
