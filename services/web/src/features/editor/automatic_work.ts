/** What happens by itself while a map is edited: saving, keeping program and document in step, rendering if wished. */

import { useEffect } from "react";

import { isProblem } from "@/shared/api/problem";
import { renderNow, type Bench } from "./bench";
import type { MapEditor } from "./map_editor";

const STEP_MILLISECONDS = 500;
const RENDER_MILLISECONDS = 900;

export function useAutomaticWork(bench: Bench, rendersAlone: boolean): void {
  const { editor, saver } = bench;
  useEffect(() => {
    let before = editor.getState().changes;
    const timers: ReturnType<typeof setTimeout>[] = [];
    const later = (milliseconds: number, act: () => void) => timers.push(setTimeout(act, milliseconds));
    const stop = editor.subscribe(() => {
      const { content, changes } = editor.getState();
      if (changes === before) return;
      before = changes;
      saver.changed(content);
      for (const timer of timers.splice(0)) clearTimeout(timer);
      later(STEP_MILLISECONDS, () => bringInStep(editor));
      if (rendersAlone) later(RENDER_MILLISECONDS, () => renderNow(bench));
    });
    return () => {
      stop();
      for (const timer of timers) clearTimeout(timer);
    };
  }, [bench, editor, saver, rendersAlone]);
}

/** Brings program and document in step now; another number of `tries` tries again. */
export function useInStep(editor: MapEditor, tries = 0): void {
  useEffect(() => bringInStep(editor), [editor, tries]);
}

/** Brings program and document in step, again and again where that may help; the editor tells of problems. */
function bringInStep(editor: MapEditor): void {
  const { changes } = editor.getState();
  editor.inStep().catch((error: unknown) => {
    if (!isProblem(error)) throw error;
    if (error.retrySeconds === null) return;
    setTimeout(() => {
      if (editor.getState().changes === changes) bringInStep(editor);
    }, error.retrySeconds * 1000);
  });
}
