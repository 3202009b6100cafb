// @vitest-environment happy-dom

import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { MapEditor, type Conversion } from "@/features/editor/map_editor";
import { OwnSources, type OwnSource } from "@/features/library/own_sources";
import { programOf, shownNames } from "@/features/library/territory_map";
import { Problem } from "@/shared/api/problem";

const NEVER: Conversion = {
  read: () => Promise.reject(new Error("nobody reads it")),
  write: () => Promise.reject(new Error("nobody writes it")),
};

function source(text: string): OwnSource {
  const editor = new MapEditor({ program: text, document: null, files: {} }, NEVER);
  return {
    editor,
    getText: () => editor.getState().content.program ?? "",
    edit: (next) => editor.editProgram(next),
  };
}

let asked: string[];
let own: OwnSources;

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  own = new OwnSources((text) => {
    asked.push(text);
    if (text.includes("(")) return Promise.reject(new Problem(422, { title: "No Python" }));
    return Promise.resolve(text.split(" "));
  });
});

afterEach(() => {
  vi.useRealTimers();
});

const quiet = () => vi.advanceTimersByTimeAsync(1000);

test("the texts are those of the sources, as they change", () => {
  const library = source("A");
  own.set("library", library);
  own.set("theme", source("red"));
  library.edit("A B");
  expect(own.getState().texts).toEqual({ library: "A B", theme: "red" });
});

test("the names are read when it is quiet, once", async () => {
  const library = source("A");
  own.set("library", library);
  for (const text of ["A B", "A B C"]) library.edit(text);
  await quiet();
  expect(own.getState().names).toEqual(["A", "B", "C"]);
  expect(await own.names()).toEqual(["A", "B", "C"]);
  expect(asked).toEqual(["A B C"]);
});

test("a library that cannot be read gives the names that it gave, and says why", async () => {
  const library = source("A");
  own.set("library", library);
  await quiet();
  library.edit("A (");
  await quiet();
  expect(own.getState()).toMatchObject({ names: ["A"], problem: { title: "No Python" } });
});

test("a map without a library has no names", async () => {
  own.set("library", source("A"));
  await quiet();
  own.set("library", null);
  await quiet();
  expect(own.getState()).toMatchObject({ names: [], texts: { library: "" } });
  expect(asked).toEqual(["A"]);
});

test("a former source is not listened to", () => {
  const former = source("A");
  own.set("library", former);
  own.set("library", source("B"));
  former.edit("C");
  expect(own.getState().texts.library).toBe("B");
});

test("all is saved once both sources are", async () => {
  own.set("library", { ...source(""), save: () => Promise.resolve(true) });
  expect(await own.save()).toBe(true);
  own.set("theme", { ...source(""), save: () => Promise.resolve(false) });
  expect(await own.save()).toBe(false);
});

test("a map shows so many territories as it can, and only what can be one's name", () => {
  const many = Array.from({ length: 100 }, (_, index) => `T${index}`);
  expect(shownNames(many, "")).toHaveLength(60);
  expect(shownNames(["CORE", "CO_AST", "EDGE", 'x"]'], "co")).toEqual(["CORE", "CO_AST"]);
  expect(programOf(["CORE"])).toBe('import xatra\n\nxatra.Flag("CORE", CORE)\n');
});
