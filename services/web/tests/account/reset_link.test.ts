import { expect, test } from "vitest";

import { readResetToken } from "@/features/account/reset_link";

const TOKEN = "IzqZd2a1gMmByPzHjQO_msdn0sKGNaUjq8JMvxfYBkE";

test("the token of a link to a new password is read, with and without the sign before it", () => {
  expect(readResetToken(`#token=${TOKEN}`)).toBe(TOKEN);
  expect(readResetToken(`token=${TOKEN}`)).toBe(TOKEN);
});

test.each(["", "#", `#token=${TOKEN.slice(1)}`, `#token=${TOKEN}x`, `#other=${TOKEN}`])(
  "%j is no whole link",
  (fragment) => {
    expect(readResetToken(fragment)).toBeNull();
  },
);
