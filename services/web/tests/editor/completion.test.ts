import { CompletionContext } from "@codemirror/autocomplete";
import { python } from "@codemirror/lang-python";
import { EditorState } from "@codemirror/state";
import { expect, test } from "vitest";

import { completeMap } from "@/features/editor/code/completion";

/** Returns what is proposed where `|` stands. */
function proposals(text: string): string[] {
  const at = text.indexOf("|");
  const state = EditorState.create({ doc: text.replace("|", ""), extensions: [python()] });
  return completeMap(new CompletionContext(state, at, false))?.options.map(({ label }) => label) ?? [];
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
