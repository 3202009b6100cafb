// @vitest-environment happy-dom
import { expect, test } from "vitest";

import { pathWithin } from "@/features/account/next";

const within = (next: string | undefined) => pathWithin(next, "/xatra/", "https://maps.example");

test.each([
  ["/xatra/settings", "/settings"],
  ["/settings", "/settings"],
  ["/explore?q=maurya", "/explore?q=maurya"],
  ["/xatra/", "/"],
])("%s leads to %s of the studio", (next, path) => {
  expect(within(next)).toBe(path);
});

test.each([
  undefined,
  "",
  "https://elsewhere.example/",
  "//elsewhere.example/",
  "/\\elsewhere.example",
  "/xatra//elsewhere.example",
  "javascript:alert(1)",
  "/login",
  "settings",
])("%j leads home", (next) => {
  expect(within(next)).toBe("/");
});
