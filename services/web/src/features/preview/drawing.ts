/** What is drawn on a map for a field of a form, until it is the field's value. */

import { createContext, use, useEffect, useId, useRef, useSyncExternalStore } from "react";

import type { Shape, Stroke } from "./map_link";
import type { Position } from "./messages";

const MAX_POINTS = 5000;
const LEAST: Readonly<Record<Shape, number>> = { point: 1, path: 2, polygon: 3 };

/** What is to be drawn, and for whom. */
export interface Task {
  readonly id: string;
  readonly label: string;
  readonly shape: Shape;
  /** What the field has until then. */
  readonly former: readonly Position[];
  /** Takes what was drawn, if it is enough for the shape. */
  readonly onDone: (points: Position[]) => void;
}

export interface DrawingState {
  /** Null: nothing is drawn. */
  readonly task: Task | null;
  readonly points: readonly Position[];
  /** How many more points the shape needs. */
  readonly missing: number;
}

const NOTHING: DrawingState = { task: null, points: [], missing: 0 };

export class DrawingBoard {
  readonly #listeners = new Set<() => void>();
  #task: Task | null = null;
  /** What was drawn with one gesture each: one click, or one freehand line. */
  #strokes: readonly (readonly Position[])[] = [];
  #state = NOTHING;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getState = (): DrawingState => this.#state;

  /** Begins to draw; what was being drawn is done. */
  begin(task: Task): void {
    this.finish();
    this.#task = task;
    this.#tell();
  }

  /** Takes what somebody does on a map. */
  readonly take = (stroke: Stroke): void => {
    if (stroke.kind === "points") this.#add(stroke.points);
    else if (stroke.key === "Escape") this.finish();
    else this.takeBack();
  };

  readonly takeBack = (): void => {
    this.#strokes = this.#strokes.slice(0, -1);
    this.#tell();
  };

  /** Goes on from what the field has. */
  readonly goOn = (): void => {
    if (this.#task) this.#add(this.#task.former);
  };

  /** Ends drawing; what is enough for the shape becomes the field's value. */
  readonly finish = (): void => {
    const { task, points, missing } = this.#state;
    this.#end();
    if (task && missing === 0) task.onDone([...points]);
  };

  /** Ends drawing; the field keeps what it had. */
  readonly cancel = (): void => this.#end();

  /** Ends drawing for a field that is gone. */
  abandon(id: string): void {
    if (this.#task?.id === id) this.#end();
  }

  #add(points: readonly Position[]): void {
    const last = this.#state.points.at(-1);
    const fresh = points.filter((point, index) => !isSame(point, index === 0 ? last : points[index - 1]));
    const room = MAX_POINTS - this.#state.points.length;
    if (!this.#task || fresh.length === 0 || room <= 0) return;
    this.#strokes = [...this.#strokes, fresh.slice(0, room)];
    this.#tell();
    if (this.#task.shape === "point") this.finish();
  }

  #end(): void {
    this.#task = null;
    this.#strokes = [];
    this.#tell();
  }

  #tell(): void {
    const [task, points] = [this.#task, this.#strokes.flat()];
    this.#state = task ? { task, points, missing: Math.max(0, LEAST[task.shape] - points.length) } : NOTHING;
    for (const listener of this.#listeners) listener();
  }
}

function isSame(one: Position, other: Position | undefined): boolean {
  return one[0] === other?.[0] && one[1] === other[1];
}

/** Null: there is no map to draw on. */
export const DrawingContext = createContext<DrawingBoard | null>(null);

/**
 * Lets a field be drawn on the map beside it, as long as it is there.
 *
 * @returns Null: there is no map.
 */
export function useDrawingFor(onDone: Task["onDone"]) {
  const id = useId();
  const board = use(DrawingContext);
  const state = useSyncExternalStore(board?.subscribe ?? never, () => board?.getState() ?? NOTHING);
  const latest = useRef(onDone);
  useEffect(() => {
    latest.current = onDone;
  });
  useEffect(() => () => board?.abandon(id), [board, id]);
  return (
    board && {
      isDrawing: state.task?.id === id,
      finish: board.finish,
      begin: (task: Omit<Task, "id" | "onDone">) =>
        board.begin({ ...task, id, onDone: (points) => latest.current(points) }),
    }
  );
}

/** Stands for what there is nothing to hear of. */
export function never(): () => void {
  return () => undefined;
}
