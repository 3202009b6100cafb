// @vitest-environment happy-dom
import { expect, test } from "vitest";

import { workName } from "@/features/work/names";

test("what is typed as a name is written as names are", () => {
  expect(workName("Mauryan  Empire-2")).toBe("mauryan_empire_2");
});
