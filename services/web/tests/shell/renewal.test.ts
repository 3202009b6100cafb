// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { renewWhenIncomplete } from "@/features/shell/renewal";

const reload = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(location, "reload").mockImplementation(reload);
  sessionStorage.clear();
});

afterEach(() => {
  vi.useRealTimers();
});

function miss(): Event {
  const event = new Event("vite:preloadError", { cancelable: true });
  window.dispatchEvent(event);
  return event;
}

test("a missing part of the page has it loaded anew, and again only after a while", () => {
  renewWhenIncomplete();
  expect(miss().defaultPrevented).toBe(true);
  expect(miss().defaultPrevented).toBe(false);
  expect(reload).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(11_000);
  expect(miss().defaultPrevented).toBe(true);
  expect(reload).toHaveBeenCalledTimes(2);
});
