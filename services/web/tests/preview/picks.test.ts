import { expect, test } from "vitest";

import { readPick } from "@/features/preview/picks";

const PICK = { type: "mapFeaturePick", featureType: "gadm", gid: "IND.31", name: "TamilNadu", shiftKey: false };

test("a unit that was clicked on is understood", () => {
  expect(readPick(PICK)).toMatchObject({ featureType: "gadm", gid: "IND.31" });
});

test.each([
  null,
  "mapFeaturePick",
  { ...PICK, type: "deleteEverything" },
  { ...PICK, gid: { toString: "IND" } },
  { ...PICK, gid: "x".repeat(1000) },
  { ...PICK, featureType: "script" },
  { type: "mapFeaturePick", featureType: "river", id: "1", source_type: "elsewhere" },
])("a message of another form is nothing: %j", (message) => {
  expect(readPick(message)).toBeNull();
});
