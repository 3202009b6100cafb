/** Changes of a territory: its parts are taken together one after the other, groups of them first. */

import type { Operation, Part } from "./document";

/** A part that has an id or a name, by which it can be picked. */
export type NamedPart = Extract<Part, { type: "gadm" | "predefined" | "territory" | "imported" }>;

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
 * Returns the territory with a unit or named territory added at its end, or without it where it was: what a click on a
 * map means. The same parts are returned where nothing changes.
 *
 * @param mode What it means in any case, where the pointer is drawn over units.
 */
export function pickPart(parts: readonly Part[], picked: NamedPart, mode?: "add" | "remove"): readonly Part[] {
  const index = parts.findIndex((part) => isSame(part, picked) && (part.op ?? "union") === "union");
  if (index < 0) return mode === "remove" ? parts : addPart(parts, [], picked);
  return mode === "add" ? parts : removePart(parts, [index]);
}

function isSame(part: Part, picked: NamedPart): boolean {
  if (part.type !== picked.type || part.value !== picked.value) return false;
  return part.type !== "imported" || picked.type !== "imported" || part.library === picked.library;
}

/** Returns the units that a territory names, by how they are taken within their group. */
export function unitsByOperation(parts: readonly Part[]): { op: Operation; gids: string[] }[] {
  const units = parts.flatMap(function unitsOf(part): { op: Operation; gid: string }[] {
    if (part.type === "group") return part.value.flatMap(unitsOf);
    return part.type === "gadm" ? [{ op: part.op ?? "union", gid: part.value }] : [];
  });
  const operations = Object.keys(OPERATIONS) as Operation[];
  return operations.map((op) => ({ op, gids: units.filter((unit) => unit.op === op).map(({ gid }) => gid) }));
}

/** Returns the territory without a part; a group that is left with none goes too. */
export function removePart(parts: readonly Part[], place: Place): Part[] {
  const changed = changeGroup(parts, place.slice(0, -1), (members) => members.toSpliced(indexOf(place), 1));
  return place.length > 1 && partsAt(changed, place.slice(0, -1)).length === 0
    ? removePart(changed, place.slice(0, -1))
    : changed;
}

/** A territory of which a part has moved, and where that is now. */
export interface Moved {
  readonly parts: Part[];
  readonly place: Place;
}

/**
 * Returns the territory with a part moved before the one that is at another place, or behind the last of a group; null: it
 * would move into itself, or stay where it is. A group that is left with none goes.
 */
export function relocatePart(parts: readonly Part[], from: Place, to: Place): Moved | null {
  const part = partsAt(parts, from.slice(0, -1))[indexOf(from)];
  const group = to.slice(0, -1);
  const isInItself = isWithin(group, from);
  const isThere =
    isWithin(group, from.slice(0, -1)) &&
    group.length === from.length - 1 &&
    (indexOf(to) === indexOf(from) || indexOf(to) === indexOf(from) + 1);
  if (!part || isInItself || isThere) return null;
  const added = changeGroup(parts, group, (members) => members.toSpliced(indexOf(to), 0, part));
  let gone = shifted(from, to, 1);
  while (gone.length > 1 && partsAt(added, gone.slice(0, -1)).length === 1) gone = gone.slice(0, -1);
  return { parts: removePart(added, gone), place: shifted(to, gone, -1) };
}

/** Returns the territory with a part moved one step up or down, into groups and out of them; null: it is at the end. */
export function stepPart(parts: readonly Part[], place: Place, by: -1 | 1): Moved | null {
  const group = place.slice(0, -1);
  const index = indexOf(place);
  const siblings = partsAt(parts, group);
  const neighbour = siblings[index + by];
  if (neighbour?.type === "group") {
    return relocatePart(parts, place, [...group, index + by, by < 0 ? neighbour.value.length : 0]);
  }
  if (neighbour) return relocatePart(parts, place, [...group, by < 0 ? index - 1 : index + 2]);
  if (group.length === 0) return null;
  return relocatePart(parts, place, [...group.slice(0, -1), indexOf(group) + (by < 0 ? 0 : 1)]);
}

/** Tells whether a place is another one, or in the group that is there. */
function isWithin(place: Place, outer: Place): boolean {
  return place.length >= outer.length && outer.every((index, depth) => place[depth] === index);
}

/** Returns where something is once a part was put to some place (`by` 1), or taken away there (-1). */
function shifted(place: Place, changed: Place, by: 1 | -1): Place {
  const depth = changed.length - 1;
  const index = place[depth];
  if (index === undefined || !isWithin(place, changed.slice(0, -1))) return place;
  const isBehind = by > 0 ? index >= indexOf(changed) : index > indexOf(changed);
  return isBehind ? [...place.slice(0, depth), index + by, ...place.slice(depth + 1)] : place;
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
