/** Changes of a territory: its parts are taken together one after the other, groups of them first. */

import type { Operation, Part } from "./document";

/** Where a part is: its place among the parts of its group, from the outermost group inwards. */
export type Place = readonly number[];

export const OPERATIONS: Readonly<Record<Operation, { sign: string; name: string }>> = {
  union: { sign: "∪", name: "with" },
  difference: { sign: "−", name: "without" },
  intersection: { sign: "∩", name: "only within" },
};

/** Returns the parts of the group at a place; of the whole territory, where the place is empty. */
export function partsAt(parts: readonly Part[], place: Place): readonly Part[] {
  const [index, ...rest] = place;
  if (index === undefined) return parts;
  const part = parts[index];
  return part?.type === "group" ? partsAt(part.value, rest) : [];
}

/** Returns the territory with a part added at the end of a group. */
export function addPart(parts: readonly Part[], group: Place, part: Part): Part[] {
  return changeGroup(parts, group, (members) => [...members, part]);
}

/**
 * Returns the territory with a unit added at its end, or without it where it was: what a click on a map means.
 *
 * @param mode What it means in any case, where the pointer is drawn over units.
 */
export function pickUnit(parts: readonly Part[], id: string, mode?: "add" | "remove"): Part[] {
  const index = parts.findIndex(
    (part) => part.type === "gadm" && part.value === id && (part.op ?? "union") === "union",
  );
  if (index < 0) return mode === "remove" ? [...parts] : addPart(parts, [], { type: "gadm", value: id });
  return mode === "add" ? [...parts] : removePart(parts, [index]);
}

/** Returns the territory without a part; a group that is left with none goes too. */
export function removePart(parts: readonly Part[], place: Place): Part[] {
  const changed = changeGroup(parts, place.slice(0, -1), (members) => members.toSpliced(indexOf(place), 1));
  return place.length > 1 && partsAt(changed, place.slice(0, -1)).length === 0
    ? removePart(changed, place.slice(0, -1))
    : changed;
}

/** Returns the territory with a part moved by some places within its group. */
export function movePart(parts: readonly Part[], place: Place, by: number): Part[] {
  return changeGroup(parts, place.slice(0, -1), (members) => {
    const from = indexOf(place);
    const part = members[from];
    const to = from + by;
    return part && to >= 0 && to < members.length ? members.toSpliced(from, 1).toSpliced(to, 0, part) : [...members];
  });
}

/** Returns the territory with another part in the place of one, which keeps how it is taken. */
export function replacePart(parts: readonly Part[], place: Place, part: Part): Part[] {
  return changeGroup(parts, place.slice(0, -1), (members) =>
    members.map((member, index) => (index === indexOf(place) ? { ...part, op: member.op ?? "union" } : member)),
  );
}

export function setOperation(parts: readonly Part[], place: Place, op: Operation): Part[] {
  return changeGroup(parts, place.slice(0, -1), (members) =>
    members.map((member, index) => (index === indexOf(place) ? { ...member, op } : member)),
  );
}

/** Returns the territory with a part and another one in a group in the former's place. */
export function groupWith(parts: readonly Part[], place: Place, other: Part): Part[] {
  const part = partsAt(parts, place.slice(0, -1))[indexOf(place)];
  if (!part) return [...parts];
  return replacePart(parts, place, { type: "group", value: [{ ...part, op: "union" }, other] });
}

/** Returns the territory with the members of a group in its place, as if its parentheses were taken away. */
export function dissolveGroup(parts: readonly Part[], place: Place): Part[] {
  const members = partsAt(parts, place);
  return changeGroup(parts, place.slice(0, -1), (siblings) =>
    siblings.flatMap((sibling, index) =>
      index === indexOf(place)
        ? members.map((member, number) => (number === 0 ? { ...member, op: sibling.op ?? "union" } : member))
        : [sibling],
    ),
  );
}

function changeGroup(parts: readonly Part[], place: Place, change: (members: readonly Part[]) => Part[]): Part[] {
  const [index, ...rest] = place;
  if (index === undefined) return startingWithUnion(change(parts));
  return parts.map((part, number) =>
    number === index && part.type === "group" ? { ...part, value: changeGroup(part.value, rest, change) } : part,
  );
}

/** The first part has nothing to be taken from. */
function startingWithUnion(parts: Part[]): Part[] {
  return parts.map((part, index) => (index === 0 && part.op && part.op !== "union" ? { ...part, op: "union" } : part));
}

function indexOf(place: Place): number {
  return place.at(-1) ?? 0;
}
