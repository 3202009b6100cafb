import { readFileSync } from "node:fs";

import { expect, test } from "vitest";

import { generatedPath, SERVICES, typesOf } from "../../scripts/client_types.js";

test.each(SERVICES)("the types of %s are those of its OpenAPI document", async (service) => {
  expect(readFileSync(generatedPath(service), "utf-8")).toBe(await typesOf(service));
});
