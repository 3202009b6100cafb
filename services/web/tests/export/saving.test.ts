import { expect, test } from "vitest";

import { fileNameOf, pageAddress, wholeProgram } from "@/features/export/saving";
import { saysLeftOut } from "@/features/export/wording";

test.each([
  ["two_kingdoms", "two_kingdoms.png"],
  ["Draft", "draft.png"],
  ["a/b\\c: d", "a_b_c_d.png"],
  ["...", "map.png"],
  ["", "map.png"],
  ["x".repeat(200), `${"x".repeat(80)}.png`],
])("the map %j becomes the file %s", (name, file) => {
  expect(fileNameOf(name, "png")).toBe(file);
});

test("the page is asked for by the file's name", () => {
  expect(pageAddress("/xatra/api/artefacts/abc", "two_kingdoms.html")).toBe(
    "/xatra/api/artefacts/abc?download=two_kingdoms",
  );
});

test("library, theme and map are one program, in this order, without what is empty", () => {
  expect(wholeProgram(["A = 1", "", "import xatra\n"])).toBe("A = 1\n\nimport xatra\n");
});

test("what is not in a picture is said", () => {
  const blob = new Blob();
  expect(saysLeftOut({ blob, tilesLeftOut: 0, imagesLeftOut: 0 })).toBeNull();
  expect(saysLeftOut({ blob, tilesLeftOut: 12, imagesLeftOut: 1 })).toBe(
    "Left out: 12 tiles of the base map and 1 picture. Their servers do not let a page read them.",
  );
});
