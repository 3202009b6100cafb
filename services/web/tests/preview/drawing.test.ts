import { expect, test, vi } from "vitest";

import { DrawingBoard } from "@/features/preview/drawing";
import type { Shape } from "@/features/preview/map_link";
import type { Position } from "@/features/preview/messages";

function begin(shape: Shape, former: Position[] = []) {
  const board = new DrawingBoard();
  const onDone = vi.fn<(points: Position[]) => void>();
  board.begin({ id: "field", label: "Course", shape, former, onDone });
  const click = (...points: Position[]) => board.take({ kind: "points", points });
  const press = (key: "Backspace" | "Escape") => board.take({ kind: "key", key });
  return { board, onDone, click, press };
}

test("one click sets a point", () => {
  const { board, onDone, click } = begin("point");
  click([1, 2]);
  expect(onDone).toHaveBeenCalledExactlyOnceWith([[1, 2]]);
  expect(board.getState().task).toBeNull();
});

test("a path is handed over when drawing ends, not before", () => {
  const { onDone, click, press } = begin("path");
  click([1, 2]);
  click([3, 4]);
  expect(onDone).not.toHaveBeenCalled();
  press("Escape");
  expect(onDone).toHaveBeenCalledExactlyOnceWith([
    [1, 2],
    [3, 4],
  ]);
});

test.each<[Shape, number]>([
  ["point", 1],
  ["path", 2],
  ["polygon", 3],
])("a %s of fewer than %i points changes nothing", (shape, least) => {
  const { board, onDone, click } = begin(shape);
  for (let number = 1; number < least; number += 1) click([number, number]);
  expect(board.getState().missing).toBe(1);
  board.finish();
  expect(onDone).not.toHaveBeenCalled();
});

test("Backspace takes the last gesture back: a click, or a freehand line as a whole", () => {
  const { board, click, press } = begin("path");
  click([1, 1]);
  click([2, 2], [3, 3], [4, 4]);
  press("Backspace");
  expect(board.getState().points).toEqual([[1, 1]]);
  press("Backspace");
  press("Backspace");
  expect(board.getState().points).toEqual([]);
});

test("cancelling leaves the field as it was", () => {
  const { board, onDone, click } = begin("path");
  click([1, 1], [2, 2]);
  board.cancel();
  expect(onDone).not.toHaveBeenCalled();
});

test("drawing can go on from what the field has", () => {
  const { board, click } = begin("path", [
    [1, 1],
    [2, 2],
  ]);
  board.goOn();
  click([3, 3]);
  expect(board.getState().points).toEqual([
    [1, 1],
    [2, 2],
    [3, 3],
  ]);
});

test("the same place twice in a row is one point", () => {
  const { board, click } = begin("path");
  click([1, 1]);
  click([1, 1], [1, 1], [2, 2]);
  expect(board.getState().points).toEqual([
    [1, 1],
    [2, 2],
  ]);
});

test("a map cannot make a shape endless", () => {
  const { board, click } = begin("path");
  for (let times = 0; times < 3; times += 1) {
    click(...Array.from({ length: 2500 }, (_, index): Position => [times, index / 100]));
  }
  expect(board.getState().points).toHaveLength(5000);
});

test("nothing is added where nothing is drawn", () => {
  const board = new DrawingBoard();
  board.take({ kind: "points", points: [[1, 2]] });
  expect(board.getState().points).toEqual([]);
});

test("another field's drawing goes on when a field is gone", () => {
  const { board } = begin("path");
  board.abandon("another");
  expect(board.getState().task?.id).toBe("field");
  board.abandon("field");
  expect(board.getState().task).toBeNull();
});
