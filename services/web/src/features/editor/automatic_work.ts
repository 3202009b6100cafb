/** What happens by itself while a map is edited: saving, keeping program and document in step, rendering if wished. */

import { useEffect } from "react";

import { isProblem } from "@/shared/api/problem";
import { renderNow, type Bench } from "./bench";
import type { MapEditor } from "./map_editor";

const STEP_MILLISECONDS = 500;
const RENDER_MILLISECONDS = 900;

export function useAutomaticWork(bench: Bench, rendersAlone: boolean): void {
  const { editor, own } = bench;
  useEffect(() => keepSaved(bench), [bench]);
  useEffect(() => {
    const timer = new Timer(STEP_MILLISECONDS, () => bringInStep(editor));
    const stop = onChange(editor, () => timer.start());
    return () => {
      stop();
      timer.stop();
    };
  }, [editor]);
  useEffect(() => {
    if (!rendersAlone) return;
    let { texts } = own.getState();
    const timer = new Timer(RENDER_MILLISECONDS, () => renderNow(bench));
    const stops = [
      onChange(editor, () => timer.start()),
      own.subscribe(() => {
        if (own.getState().texts !== texts) timer.start();
        texts = own.getState().texts;
      }),
    ];
    return () => {
      for (const stop of stops) stop();
      timer.stop();
    };
  }, [bench, editor, own, rendersAlone]);
}

/** Has what is edited saved as it changes, until the function that is returned is called; that saves it too. */
export function keepSaved({ editor, saver }: Pick<Bench, "editor" | "saver">): () => void {
  saver.resume();
  const stop = onChange(editor, () => saver.changed(editor.getState().content));
  const saveNow = () => void saver.flush();
  window.addEventListener("online", saveNow);
  return () => {
    window.removeEventListener("online", saveNow);
    stop();
    saveNow();
  };
}

/** Calls `act` after every change of the map, until the function that is returned is called. */
function onChange(editor: MapEditor, act: () => void): () => void {
  let before = editor.getState().changes;
  return editor.subscribe(() => {
    const { changes } = editor.getState();
    if (changes === before) return;
    before = changes;
    act();
  });
}

/** Acts once it has not been started anew for a while. */
class Timer {
  readonly #milliseconds: number;
  readonly #act: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(milliseconds: number, act: () => void) {
    this.#milliseconds = milliseconds;
    this.#act = act;
  }

  start(): void {
    this.stop();
    this.#timer = setTimeout(this.#act, this.#milliseconds);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
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
