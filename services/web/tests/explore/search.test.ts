import { expect, test } from "vitest";

import { readSearch } from "@/features/explore/search";

test("what an address says is read", () => {
  expect(readSearch({ q: "maurya", kind: "lib", sort: "votes" })).toEqual({ q: "maurya", kind: "lib", sort: "votes" });
});

test("what is usual is left out, and what is not understood counts as not said", () => {
  expect(readSearch({ q: "", kind: "map", sort: "featured" })).toEqual({});
  expect(readSearch({ q: 5, kind: "toString", sort: ["votes"] })).toEqual({});
});
