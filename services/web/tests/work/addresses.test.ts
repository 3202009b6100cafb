import { expect, test } from "vitest";

import { pageOf, pathOf, readVersion } from "@/features/work/addresses";

test("maps lie at their names, libraries and themes below their kind", () => {
  expect(pathOf({ kind: "map", name: "maurya" })).toBe("/maurya");
  expect(pathOf({ kind: "lib", name: "maurya" })).toBe("/lib/maurya");
  expect(pathOf({ kind: "css", name: "maurya" })).toBe("/css/maurya");
});

test("a version's page names it", () => {
  expect(pageOf({ kind: "map", name: "maurya" }, 3)).toEqual({
    to: "/$name/$version",
    params: { name: "maurya", version: "v3" },
  });
});

test("an address names a version by v and its number", () => {
  expect(readVersion("v3")).toBe(3);
  for (const text of ["3", "v0", "v03", "alpha", "v-1", "v1234567890"]) expect(readVersion(text)).toBeNull();
});
