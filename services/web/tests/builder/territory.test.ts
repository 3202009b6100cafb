import { expect, test } from "vitest";

import type { Operation, Part } from "@/features/builder/document";
import {
  addPart,
  dissolveGroup,
  groupWith,
  relocatePart,
  pickPart,
  removePart,
  replacePart,
  setOperation,
  stepPart,
  unitsByOperation,
  type NamedPart,
} from "@/features/builder/territory";

const unit = (value: string, op: Operation = "union"): Part => ({ type: "gadm", value, op });
const group = (value: Part[], op: Operation = "union"): Part => ({ type: "group", value, op });

/** Writes parts as mathematics does: `A - (B | C)`. */
function say(parts: readonly Part[]): string {
  const signs = { union: " | ", difference: " - ", intersection: " & " };
  return parts
    .map((part, index) => {
      const text = part.type === "group" ? `(${say(part.value)})` : String(part.value);
      return (index === 0 ? "" : signs[part.op ?? "union"]) + text;
    })
    .join("");
}

const nested = [unit("A"), group([unit("B"), unit("C")], "difference")];

test("a part is added at the end of its group", () => {
  expect(say(addPart(nested, [], unit("D", "intersection")))).toBe("A - (B | C) & D");
  expect(say(addPart(nested, [1], unit("D", "difference")))).toBe("A - (B | C - D)");
});

test("a group that is left with nothing goes too", () => {
  expect(say(removePart(removePart(nested, [1, 0]), [1, 0]))).toBe("A");
});

test("whatever comes first is taken from nothing", () => {
  expect(removePart([unit("A"), unit("B", "difference")], [0])).toEqual([unit("B", "union")]);
  expect(stepPart([unit("A"), unit("B", "difference")], [1], -1)?.parts[0]).toEqual(unit("B", "union"));
});

const deep = [unit("A"), group([unit("B"), group([unit("C"), unit("D")], "intersection")], "difference"), unit("E")];

test("a part that is stepped goes through groups and out of them", () => {
  const places = [];
  for (let moved = stepPart(deep, [0], 1); moved; moved = stepPart(moved.parts, moved.place, 1)) {
    places.push(say(moved.parts));
  }
  expect(places).toEqual([
    "(A | B & (C | D)) | E",
    "(B | A & (C | D)) | E",
    "(B & (A | C | D)) | E",
    "(B & (C | A | D)) | E",
    "(B & (C | D | A)) | E",
    "(B & (C | D) | A) | E",
    "(B & (C | D)) | A | E",
    "(B & (C | D)) | E | A",
  ]);
});

test("the first part has nothing above it, the last nothing below", () => {
  expect(stepPart(deep, [0], -1)).toBeNull();
  expect(stepPart(deep, [2], 1)).toBeNull();
});

test("a part that is dragged stands before the one that it was dropped on, or behind the last", () => {
  expect(say(relocatePart(deep, [2], [0])?.parts ?? [])).toBe("E | A - (B & (C | D))");
  expect(say(relocatePart(deep, [0], [3])?.parts ?? [])).toBe("(B & (C | D)) | E | A");
  expect(say(relocatePart(deep, [1, 1, 0], [0])?.parts ?? [])).toBe("C | A - (B & (D)) | E");
  expect(relocatePart(deep, [2], [1, 1, 1])).toMatchObject({ place: [1, 1, 1] });
});

test("a group that the last part was dragged out of goes too", () => {
  const lone = [unit("A"), group([group([unit("B")])], "difference"), unit("C")];
  const moved = relocatePart(lone, [1, 0, 0], [3]);
  expect([say(moved?.parts ?? []), moved?.place]).toEqual(["A | C | B", [2]]);
});

test("a group cannot be dragged into itself, nor a part to where it is", () => {
  expect(relocatePart(deep, [1], [1, 0])).toBeNull();
  expect(relocatePart(deep, [1], [1, 1, 2])).toBeNull();
  expect(relocatePart(deep, [0], [1])).toBeNull();
});

test("another part in the place of one is taken as that was", () => {
  expect(say(replacePart([unit("A"), unit("B", "difference")], [1], unit("C")))).toBe("A - C");
});

test("how a part is taken can be changed", () => {
  expect(say(setOperation(nested, [1], "intersection"))).toBe("A & (B | C)");
});

test("a part is grouped with another one in its place", () => {
  expect(say(groupWith([unit("A"), unit("B", "difference")], [1], unit("C")))).toBe("A - (B | C)");
});

test("a dissolved group leaves its members", () => {
  expect(say(dissolveGroup(nested, [1]))).toBe("A - B | C");
});

test("a unit that is picked is added, and picked again taken out", () => {
  const picked = pickPart([unit("A")], unit("B") as NamedPart);
  expect(say(picked)).toBe("A | B");
  expect(say(pickPart(picked, unit("A") as NamedPart))).toBe("B");
});

test("a pointer that is drawn over units only adds, or only takes out", () => {
  expect(say(pickPart([unit("A")], unit("A") as NamedPart, "add"))).toBe("A");
  expect(say(pickPart([unit("A")], unit("B") as NamedPart, "remove"))).toBe("A");
});

test("territories of one name in two libraries are picked apart", () => {
  const [north, south] = ["north", "south"].map((library) => ({ type: "imported", library, value: "CORE" }) as const);
  expect(north && south && pickPart(pickPart([], north), south)).toEqual([north, south]);
});

test("what was taken away from a territory is not what a click takes out", () => {
  expect(say(pickPart([unit("A"), unit("B", "difference")], unit("B") as NamedPart))).toBe("A - B | B");
});

test("the units of a territory are known by how they are taken, those of groups too", () => {
  const parts = [unit("A"), unit("B", "difference"), { type: "group", value: [unit("C"), unit("D", "difference")] }];
  expect(unitsByOperation(parts as Part[])).toEqual([
    { op: "union", gids: ["A", "C"] },
    { op: "difference", gids: ["B", "D"] },
    { op: "intersection", gids: [] },
  ]);
});
