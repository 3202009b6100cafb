import { CompletionContext } from "@codemirror/autocomplete";
import { python } from "@codemirror/lang-python";
import { EditorState } from "@codemirror/state";
import { expect, test } from "vitest";

import type { NameSource } from "@/features/builder/name_sources";
import { completeMap } from "@/features/editor/code/completion";

/** Returns what is proposed where `|` stands. */
function proposals(text: string, sources: readonly NameSource[] = []): string[] {
  const at = text.indexOf("|");
  const state = EditorState.create({ doc: text.replace("|", ""), extensions: [python()] });
  return completeMap(new CompletionContext(state, at, false), sources)?.options.map(({ label }) => label) ?? [];
}

test("the module's functions are proposed after its name", () => {
  expect(proposals("xatra.Fl|")).toContain("Flag");
});

test("a call's parameters are proposed within it", () => {
  expect(proposals('xatra.Flag("Maurya", gadm("IND"), pe|)')).toContain("period=");
  expect(proposals('gadm("IND", fi|)')).toContain("find_in_gadm=");
});

test("the innermost call counts", () => {
  expect(proposals('xatra.Flag("Maurya", gadm("IND", fi|))')).not.toContain("period=");
});

test("the library's territories are proposed after its name", () => {
  expect(proposals("lands.MAG|")).toContain("MAGADHA");
});

test("nothing is proposed for other modules", () => {
  expect(proposals("numpy.ar|")).toEqual([]);
});

test("an import's territories are proposed after its name, and the name itself", () => {
  const north: NameSource = {
    id: "import north",
    title: "northern_lands, version 2",
    alias: "north",
    names: ["KURU"],
    write: (name) => `north.${name}`,
    part: (value) => ({ type: "imported", library: "north", value }),
  };
  expect(proposals("north.K|", [north])).toEqual(["KURU"]);
  expect(proposals("nor|", [north])).toContain("north");
  expect(proposals("nor|", [north])).not.toContain("KURU");
  expect(proposals("south.K|", [north])).toEqual([]);
});

test("territories that the map names itself are proposed by themselves", () => {
  const own: NameSource = {
    id: "map",
    title: "this map",
    names: ["CORE"],
    write: (name) => name,
    part: (value) => ({ type: "territory", value }),
  };
  expect(proposals("CO|", [own])).toContain("CORE");
});
