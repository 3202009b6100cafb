/** Whether the list of keys is shown; `?` shows it on every page. */

import { useEffect, useSyncExternalStore } from "react";

import { useRemembered } from "@/shared/ui/remembered";

let isShown = false;
const listeners = new Set<() => void>();

function show(next: boolean): void {
  isShown = next;
  for (const listener of listeners) listener();
}

export function openShortcuts(): void {
  show(true);
}

export function closeShortcuts(): void {
  show(false);
}

/** Whether `?` alone opens the list: people who speak to their computer, or slip, can do without (WCAG 2.1.4). */
export function useQuestionMark(): [boolean, (isUsed: boolean) => void] {
  return useRemembered("question-mark", true);
}

/** Tells whether the list is shown, and listens to the keys that show it. */
export function useShortcutSheet(): boolean {
  const [isQuestionMarkUsed] = useQuestionMark();
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat) return;
      const isTyped = event.key === "?" && !event.ctrlKey && !event.metaKey && !event.altKey;
      const isHeld = event.code === "Slash" && event.altKey && event.shiftKey && !event.ctrlKey && !event.metaKey;
      if (!isHeld && !(isTyped && isQuestionMarkUsed && !isTyping(event.target))) return;
      event.preventDefault();
      openShortcuts();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [isQuestionMarkUsed]);
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => isShown,
  );
}

/** Tells whether keys that are pressed there write text. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest("input, textarea, select, [contenteditable]:not([contenteditable=false])") !== null
  );
}
