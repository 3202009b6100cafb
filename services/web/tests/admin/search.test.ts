import { expect, test } from "vitest";

import { readAdminSearch } from "@/features/admin/search";

test("an address names a tab, users are the usual one, and what is not understood counts as not said", () => {
  expect(readAdminSearch({ tab: "reports" })).toEqual({ tab: "reports" });
  expect(readAdminSearch({ tab: "users" })).toEqual({});
  expect(readAdminSearch({ tab: "toString" })).toEqual({});
  expect(readAdminSearch({})).toEqual({});
});
