/** Says what can be done while something is drawn on a map. */

import { useEffect, useSyncExternalStore } from "react";

import { Button } from "@/shared/ui/Button";
import type { DrawingBoard, DrawingState } from "./drawing";
import type { MapLink } from "./map_link";

/** What has another use for a key. */
const KEYS_ARE_THEIRS = {
  Backspace: "input, textarea, [contenteditable]",
  Escape: "[aria-expanded=true], [role=listbox], [role=menu], [role=dialog]",
};

export function DrawingBar({ board, link }: { board: DrawingBoard; link: MapLink }) {
  const state = useSyncExternalStore(board.subscribe, board.getState);
  const isReady = useSyncExternalStore(link.subscribe, link.isReady);
  const { task, points, missing } = state;
  useKeys(board, task !== null);
  if (!task) return null;
  const canGoOn = task.shape !== "point" && points.length === 0 && task.former.length > 0;
  return (
    <section className="drawing-bar" aria-label={`Drawing: ${task.label}`}>
      <p role="status">
        {isReady ? instructions(state) : "There is no map to draw on yet: render it, or take the reference map."}
      </p>
      <span className="row">
        {canGoOn && (
          <Button small onPress={board.goOn}>
            Go on from what is there
          </Button>
        )}
        {task.shape !== "point" && (
          <>
            <Button small isDisabled={points.length === 0} onPress={board.takeBack}>
              Take back
            </Button>
            <Button small look="primary" isDisabled={missing > 0} onPress={board.finish}>
              Done
            </Button>
          </>
        )}
        <Button small onPress={board.cancel}>
          Cancel
        </Button>
      </span>
    </section>
  );
}

function instructions({ task, points, missing }: DrawingState): string {
  if (task?.shape === "point") return `${task.label}: click on the place. Escape leaves it where it is.`;
  const count = points.length === 0 ? "" : ` ${points.length} ${points.length === 1 ? "point" : "points"} so far`;
  const need = missing > 0 && points.length > 0 ? `, ${missing} more needed` : "";
  return (
    `${task?.label}: click to add points, drag with Ctrl or ⌘ held to draw freehand. Backspace takes the last back, ` +
    `Escape ends.${count}${count && need}${count && "."}`
  );
}

/** Listens to the keys that end drawing or take back, wherever the focus is; the map tells of those that it gets. */
function useKeys(board: DrawingBoard, isDrawing: boolean): void {
  useEffect(() => {
    if (!isDrawing) return;
    const press = (event: KeyboardEvent) => {
      const { key, target } = event;
      if (key !== "Escape" && key !== "Backspace") return;
      if (target instanceof Element && target.closest(KEYS_ARE_THEIRS[key])) return;
      event.preventDefault();
      event.stopPropagation();
      board.take({ kind: "key", key });
    };
    window.addEventListener("keydown", press, { capture: true });
    return () => window.removeEventListener("keydown", press, { capture: true });
  }, [board, isDrawing]);
}
