// @vitest-environment happy-dom
import { expect, test } from "vitest";

import { scopesFor } from "@/features/account/scopes";

test("only administrators can make tokens for what administrators do", () => {
  expect(scopesFor({ is_admin: false })).toEqual(["render", "hub:read", "hub:write"]);
  expect(scopesFor({ is_admin: true })).toContain("admin");
});
