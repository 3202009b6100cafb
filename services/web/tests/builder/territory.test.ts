import { expect, test } from "vitest";

import type { Operation, Part } from "@/features/builder/document";
import {
  addPart,
  dissolveGroup,
  groupWith,
  movePart,
  pickUnit,
  removePart,
  replacePart,
  setOperation,
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
  expect(movePart([unit("A"), unit("B", "difference")], [1], -1)[0]).toEqual(unit("B", "union"));
});

test("a part moves within its group, and not out of it", () => {
  expect(say(movePart(nested, [1, 1], -1))).toBe("A - (C | B)");
  expect(say(movePart(nested, [1, 0], -1))).toBe("A - (B | C)");
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
  const picked = pickUnit([unit("A")], "B");
  expect(say(picked)).toBe("A | B");
  expect(say(pickUnit(picked, "A"))).toBe("B");
});

test("a pointer that is drawn over units only adds, or only takes out", () => {
  expect(say(pickUnit([unit("A")], "A", "add"))).toBe("A");
  expect(say(pickUnit([unit("A")], "B", "remove"))).toBe("A");
});

test("what was taken away from a territory is not what a click takes out", () => {
  expect(say(pickUnit([unit("A"), unit("B", "difference")], "B"))).toBe("A - B | B");
});
