// @vitest-environment happy-dom
import { expect, test } from "vitest";

import { isTyping } from "@/features/shell/shortcut_sheet";

function made(html: string): Element | null {
  document.body.innerHTML = html;
  return document.body.firstElementChild;
}

test("keys write text in fields and editors, and nowhere else", () => {
  expect(isTyping(made("<input>"))).toBe(true);
  expect(isTyping(made("<textarea></textarea>"))).toBe(true);
  expect(isTyping(made('<div contenteditable="true"></div>'))).toBe(true);
  expect(isTyping(made("<button></button>"))).toBe(false);
  expect(isTyping(document.body)).toBe(false);
  expect(isTyping(null)).toBe(false);
});
