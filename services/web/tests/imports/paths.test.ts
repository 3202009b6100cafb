import { expect, test } from "vitest";

import { aliasFault, aliasLike, canBeAlias, readPath, writePath } from "@/features/imports/paths";

test.each([
  ["/lib/mauryas", { user: null, kind: "lib", name: "mauryas", version: "latest" }],
  ["/map/rivers/3", { user: null, kind: "map", name: "rivers", version: 3 }],
  ["/css/old.paper/alpha", { user: null, kind: "css", name: "old.paper", version: "alpha" }],
  ["/asha/lib/mauryas/12", { user: "asha", kind: "lib", name: "mauryas", version: 12 }],
])("%s is read, and written the same", (path, read) => {
  expect(readPath(path)).toEqual(read);
  const written = readPath(path);
  expect(written && writePath(written)).toBe(path);
});

test.each(["", "lib/mauryas", "/lib", "/book/mauryas", "/lib/Mauryas", "/lib/mauryas/0", "/lib/mauryas/latest"])(
  "%s is no path",
  (path) => {
    expect(readPath(path)).toBeNull();
  },
);

test("an import is called like the work, as far as Python allows", () => {
  expect(aliasLike("mauryan_empire")).toBe("mauryan_empire");
  expect(aliasLike("old.paper")).toBe("old_paper");
  expect(aliasLike("16_mahajanapadas")).toBe("_16_mahajanapadas");
  expect(aliasLike("lands")).toBe("lands_lib");
});

test("words of Python and of the map library are no names", () => {
  expect(["class", "gadm", "xatra", "a b", "1a", "__a", ""].filter(canBeAlias)).toEqual([]);
  expect(aliasFault("north", true)).toMatch(/already/);
  expect(aliasFault("north", false)).toBeNull();
});
