import { beforeEach, expect, test } from "vitest";

import type { Document } from "@/features/builder/document";
import { idOf } from "@/features/builder/layer_ids";
import { MapEditor, type Conversion } from "@/features/editor/map_editor";
import { Problem } from "@/shared/api/problem";

const documentOf = (program: string): Document => ({
  version: 1,
  elements: program.split("\n").map((label) => ({ type: "flag", label })),
});

/** Stands for the services' conversion: a program has a realm in each line. It answers when `answer` is called. */
class Lines implements Conversion {
  readonly waiting: (() => void)[] = [];

  read(program: string, signal: AbortSignal): Promise<Document> {
    if (program.includes("(")) return Promise.reject(new Problem(422, { title: "not valid", errors: [] }));
    return this.#later(signal, () => documentOf(program));
  }

  write(document: Document, signal: AbortSignal) {
    const program = (document.elements ?? []).map((element) => ("label" in element ? element.label : "")).join("\n");
    return this.#later(signal, () => ({ program, document: documentOf(program), files: {} }));
  }

  answer(): void {
    for (const answer of this.waiting.splice(0)) answer();
  }

  #later<T>(signal: AbortSignal, result: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      this.waiting.push(() => resolve(result()));
      signal.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")));
    });
  }
}

let lines: Lines;
let editor: MapEditor;

beforeEach(() => {
  lines = new Lines();
  editor = new MapEditor({ program: "Maurya\nGupta", document: null, files: {} }, lines);
});

async function inStep(): Promise<void> {
  const done = editor.inStep();
  lines.answer();
  await done;
}

function firstElement() {
  const element = editor.getState().content.document?.elements?.[0];
  if (!element) throw new Error("there is no element");
  return element;
}

test("the document follows the program", async () => {
  await inStep();
  expect(editor.getState().content.document).toEqual(documentOf("Maurya\nGupta"));
});

test("the program follows the document", async () => {
  editor.editDocument(documentOf("Chola"));
  expect(editor.getState().content.program).toBeNull();
  await inStep();
  expect(editor.getState().content.program).toBe("Chola");
});

test("bringing in step is no change, and nothing to undo", async () => {
  const { changes } = editor.getState();
  await inStep();
  expect(editor.getState()).toMatchObject({ changes, canUndo: false });
});

test("undo goes back over changes of program and document alike", async () => {
  await inStep();
  editor.editProgram("Maurya", null);
  await inStep();
  editor.editDocument(documentOf("Maurya\nChola"));
  editor.undo();
  expect(editor.getState().content.program).toBe("Maurya");
  editor.undo();
  expect(editor.getState().content.program).toBe("Maurya\nGupta");
  editor.redo();
  editor.redo();
  expect(editor.getState().content.document).toEqual(documentOf("Maurya\nChola"));
});

test("an answer to what has changed meanwhile is not taken", async () => {
  const done = editor.inStep();
  editor.editProgram("Pala");
  lines.answer();
  await new Promise((resolve) => setTimeout(resolve));
  lines.answer();
  expect((await done).document).toEqual(documentOf("Pala"));
});

test("layers stay who they are when the services write them anew", async () => {
  await inStep();
  const id = idOf(firstElement());
  editor.editProgram("Maurya\nChola");
  await inStep();
  expect(idOf(firstElement())).toBe(id);
});

test("a program that is not valid is a problem until it changes", async () => {
  editor.editProgram("(");
  await expect(editor.inStep()).rejects.toThrow("not valid");
  expect(editor.getState().problem?.title).toBe("not valid");
  editor.editProgram("Maurya");
  expect(editor.getState().problem).toBeNull();
});

test("a render gets the program that the document means", async () => {
  editor.editDocument(documentOf("Chola"));
  const written = editor.written();
  lines.answer();
  expect((await written).program).toBe("Chola");
});

test("a program that is read again gives the same layers, and is no change", async () => {
  await inStep();
  const before = firstElement();
  const { changes } = editor.getState();
  const done = editor.readAgain();
  await Promise.resolve();
  lines.answer();
  await done;
  expect(firstElement()).not.toBe(before);
  expect(idOf(firstElement())).toBe(idOf(before));
  expect(editor.getState()).toMatchObject({ changes, canUndo: false });
});

test("a draft's own library is undone with the draft, and leaves the program in step", async () => {
  await inStep();
  editor.editOwn("library", "A = 1");
  expect(editor.getState().content).toMatchObject({ library: "A = 1", program: "Maurya\nGupta" });
  expect(editor.getState().content.document).not.toBeNull();
  editor.undo();
  expect(editor.getState().content.library).toBeUndefined();
});

test("what is brought in step keeps the draft's own library", async () => {
  editor.editOwn("library", "A = 1");
  editor.editDocument(documentOf("Nanda"));
  await inStep();
  expect(editor.getState().content).toMatchObject({ program: "Nanda", library: "A = 1" });
});
