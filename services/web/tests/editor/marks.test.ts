import { expect, test } from "vitest";

import { marksOf } from "@/features/editor/marks";
import { Problem } from "@/shared/api/problem";

const content = { program: "xatra.show()", document: null, files: {} };
const faults = [{ line: 1, column: 2, message: "There is no such library" }];

test("what keeps a program from being published is marked at its line, until the program changes", () => {
  const refused = { program: content.program, faults };
  expect(marksOf(content, null, null, refused)).toEqual([{ ...faults[0], severity: "error" }]);
  expect(marksOf({ ...content, program: "other" }, null, null, refused)).toEqual([]);
});

test("what cannot be read at all comes first", () => {
  const problem = new Problem(422, { errors: [{ line: 3, message: "This is no Python" }] });
  const marks = marksOf(content, problem, null, { program: content.program, faults });
  expect(marks.map(({ line }) => line)).toEqual([3]);
});
