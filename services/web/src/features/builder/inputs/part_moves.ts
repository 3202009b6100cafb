/** Moves parts of a territory, by dragging or step by step; whoever steps keeps the button that they press. */

import { createContext, use, useCallback, useEffect, useMemo, useRef, useState, type DragEvent } from "react";

import type { Part } from "../document";
import { relocatePart, type Moved, type Place } from "../territory";

interface Moves {
  /** Takes note of what is dragged, by where it is from; null: nothing of this territory. */
  drag: (place: Place | null) => void;
  dragged: () => Place | null;
  take: (moved: Moved | null) => void;
  /** Takes it, and leads to the button that steps on. */
  step: (moved: Moved | null, by: -1 | 1) => void;
}

const nothing = () => undefined;

export const MovesContext = createContext<Moves>({ drag: nothing, dragged: () => null, take: nothing, step: nothing });

/** What moves the parts of one territory; `box` is the element that has them all. */
export function useMoves(onChange: (parts: Part[]) => void) {
  const box = useRef<HTMLFieldSetElement>(null);
  const dragged = useRef<Place | null>(null);
  const stepped = useRef<{ place: Place; by: -1 | 1 } | null>(null);
  const latest = useRef(onChange);
  useEffect(() => {
    latest.current = onChange;
    if (!stepped.current) return;
    const { place, by } = stepped.current;
    const row = box.current?.querySelector(`[data-place="${place.join(".")}"] > .territory-row`);
    if (!row) return;
    stepped.current = null;
    const button =
      row.querySelector<HTMLElement>(`[data-step="${by}"]`) ?? row.querySelector<HTMLElement>("[data-step]");
    button?.focus();
  });
  const take = useCallback((moved: Moved | null) => {
    if (moved) latest.current(moved.parts);
  }, []);
  const step = useCallback(
    (moved: Moved | null, by: -1 | 1) => {
      stepped.current = moved && { place: moved.place, by };
      take(moved);
    },
    [take],
  );
  const drag = useCallback((place: Place | null) => {
    dragged.current = place;
  }, []);
  const moves = useMemo(() => ({ drag, dragged: () => dragged.current, take, step }), [drag, take, step]);
  return { box, moves };
}

/** Lets a part be dragged by its handle, and others be dropped before and behind it. */
export function useDragging(parts: readonly Part[], place: Place) {
  const { drag, dragged, take } = use(MovesContext);
  const [edge, setEdge] = useState<"before" | "after" | null>(null);
  const moved = (event: DragEvent<HTMLElement>) => {
    const from = dragged();
    if (!from) return null;
    const at = edgeAt(event);
    const to = [...place.slice(0, -1), (place.at(-1) ?? 0) + (at === "after" ? 1 : 0)];
    const result = relocatePart(parts, from, to);
    return result && { at, result };
  };
  return {
    handle: {
      draggable: true,
      onDragStart: (event: DragEvent<HTMLElement>) => {
        event.stopPropagation();
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", "");
        drag(place);
      },
      onDragEnd: () => drag(null),
    },
    target: {
      "data-edge": edge ?? undefined,
      onDragOver: (event: DragEvent<HTMLElement>) => {
        const found = moved(event);
        setEdge(found?.at ?? null);
        if (!found) return;
        event.preventDefault();
        event.stopPropagation();
      },
      onDragLeave: () => setEdge(null),
      onDrop: (event: DragEvent<HTMLElement>) => {
        setEdge(null);
        const found = moved(event);
        if (!found) return;
        event.preventDefault();
        event.stopPropagation();
        take(found.result);
      },
    },
  };
}

/** Tells whether the pointer is on the upper or the lower half. */
function edgeAt({ currentTarget, clientY }: DragEvent<HTMLElement>): "before" | "after" {
  const { top, height } = currentTarget.getBoundingClientRect();
  return clientY < top + height / 2 ? "before" : "after";
}
