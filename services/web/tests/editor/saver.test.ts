import { afterEach, beforeEach, expect, test, vi } from "vitest";

import {
  reconcile,
  Saver,
  type DeviceCopy,
  type Kept,
  type MapStore,
  type Opened,
  type Saved,
  type Unsaved,
} from "@/features/editor/saver";
import type { WrittenMap } from "@/features/editor/map_editor";
import { Problem } from "@/shared/api/problem";

const map = (program: string): WrittenMap => ({ program, document: null, files: {} });
const OPENED: Opened = { content: null, tag: null, isUnsaved: false, conflict: null };

/** Stands for the services: one place with versions, which can be told to fail. */
class Place implements MapStore {
  kept: { program: string; version: number } | null = null;
  failure: Problem | null = null;
  saves = 0;

  load(): Promise<Kept | null> {
    return Promise.resolve(this.kept && { content: map(this.kept.program), tag: `${this.kept.version}` });
  }

  async save({ program }: WrittenMap, tag: string | null): Promise<Saved> {
    this.saves += 1;
    if (this.failure) throw this.failure;
    if (tag !== (this.kept ? `${this.kept.version}` : null)) return { kind: "stale", theirs: await this.load() };
    this.kept = { program, version: (this.kept?.version ?? 0) + 1 };
    return { kind: "saved", tag: `${this.kept.version}` };
  }
}

class Device implements DeviceCopy {
  unsaved: Unsaved | null = null;
  load = () => this.unsaved;
  save = (unsaved: Unsaved) => {
    this.unsaved = unsaved;
    return true;
  };
  clear = () => {
    this.unsaved = null;
  };
}

let place: Place;
let device: Device;
let program: string;
let saver: Saver;

beforeEach(() => {
  vi.useFakeTimers();
  place = new Place();
  device = new Device();
  saver = new Saver(place, device, () => Promise.resolve(map(program)), OPENED);
});

afterEach(() => {
  vi.useRealTimers();
});

function edit(text: string): void {
  program = text;
  saver.changed(map(text));
}

const quiet = () => vi.advanceTimersByTimeAsync(2000);

test("a change is on this device at once, and with the service when it is quiet", async () => {
  edit("a");
  expect(device.unsaved?.content.program).toBe("a");
  expect(saver.getState().kind).toBe("changed");
  await quiet();
  expect(place.kept?.program).toBe("a");
  expect(saver.getState().kind).toBe("saved");
  expect(device.unsaved).toBeNull();
});

test("many changes are one save", async () => {
  for (const text of ["a", "ab", "abc"]) edit(text);
  await quiet();
  expect([place.saves, place.kept?.program]).toEqual([1, "abc"]);
});

test("what changes during a save is saved after it", async () => {
  let finish: (written: WrittenMap) => void = () => undefined;
  saver = new Saver(place, device, () => new Promise((resolve) => (finish = resolve)), OPENED);
  saver.changed(map("a"));
  await quiet();
  saver.changed(map("b"));
  finish(map("a"));
  await quiet();
  expect(saver.getState().kind).not.toBe("saved");
  finish(map("b"));
  await quiet();
  expect(place.kept?.program).toBe("b");
  expect(saver.getState().kind).toBe("saved");
});

test("silence leaves it on this device, and is tried again", async () => {
  place.failure = Problem.ofSilence();
  edit("a");
  await quiet();
  expect(saver.getState()).toMatchObject({ kind: "unsaved", onDevice: true });
  place.failure = null;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(saver.getState().kind).toBe("saved");
});

test("what is refused for good is not tried again by itself", async () => {
  place.failure = new Problem(413, { title: "too large" });
  edit("a");
  await quiet();
  await vi.advanceTimersByTimeAsync(600_000);
  expect(place.saves).toBe(1);
  expect(saver.getState().kind).toBe("unsaved");
});

test("a change elsewhere is not overwritten until somebody says so", async () => {
  place.kept = { program: "theirs", version: 1 };
  edit("mine");
  await quiet();
  expect(saver.getState()).toMatchObject({ kind: "conflict", theirs: { content: { program: "theirs" } } });
  edit("mine, changed");
  await quiet();
  expect(place.kept.program).toBe("theirs");
  await saver.keepMine();
  expect(place.kept.program).toBe("mine, changed");
});

test("who takes what was changed elsewhere goes on from there", async () => {
  place.kept = { program: "theirs", version: 1 };
  edit("mine");
  await quiet();
  expect(saver.takeTheirs()?.program).toBe("theirs");
  edit("theirs, changed");
  await quiet();
  expect(place.kept.program).toBe("theirs, changed");
});

test("what nobody has changed yet is saved once somebody wants it kept", async () => {
  program = "begun";
  expect(await saver.saved()).toBe("1");
  expect(place.kept?.program).toBe("begun");
  expect(await saver.saved()).toBe("1");
  expect(place.saves).toBe(1);
});

test("what was deleted elsewhere is saved anew", async () => {
  place.kept = { program: "a", version: 1 };
  saver = new Saver(place, device, () => Promise.resolve(map(program)), { ...OPENED, tag: "1" });
  place.kept = null;
  edit("b");
  await quiet();
  await quiet();
  expect(place.kept).toMatchObject({ program: "b" });
});

const KEPT: Kept = { content: map("kept"), tag: "2" };

test("without anything on this device, what the service has is opened", () => {
  expect(reconcile(null, KEPT)).toMatchObject({ content: KEPT.content, tag: "2", isUnsaved: false, conflict: null });
});

test("what this device has on top of the service's is opened, to be saved", () => {
  const unsaved = { content: map("mine"), tag: "2" };
  expect(reconcile(unsaved, KEPT)).toMatchObject({ content: unsaved.content, isUnsaved: true, conflict: null });
});

test("what both have changed is a conflict", () => {
  expect(reconcile({ content: map("mine"), tag: "1" }, KEPT).conflict).toBe(KEPT);
});

test("what is the same in both places is no conflict", () => {
  expect(reconcile({ content: map("kept"), tag: "1" }, KEPT)).toMatchObject({ isUnsaved: false, conflict: null });
});

test("a draft of which only the library was changed on this device is one that is not saved", () => {
  const kept = { content: { ...map("a"), library: "A = 1" }, tag: "1" };
  const unsaved = { content: { ...map("a"), library: "A = 2" }, tag: "1" };
  expect(reconcile(unsaved, kept)).toMatchObject({ isUnsaved: true, content: { library: "A = 2" } });
  expect(reconcile({ ...unsaved, content: kept.content }, kept)).toMatchObject({ isUnsaved: false });
});

test("what else is changed of a work is changed after the save, and the next save builds on it", async () => {
  edit("a");
  await saver.alter((tag) => {
    expect([tag, place.kept?.program]).toEqual(["1", "a"]);
    place.kept = { program: "a", version: 7 };
    return Promise.resolve("7");
  });
  edit("b");
  await quiet();
  expect([place.kept?.program, saver.getState().kind]).toEqual(["b", "saved"]);
});
