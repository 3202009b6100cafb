/** What the page that is shown is called: in the browser's tab, and told to those who cannot see that it has changed. */

import { useEffect, useSyncExternalStore } from "react";

let shown = "";
const listeners = new Set<() => void>();

/** Calls the page so as long as it is there. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    shown = title;
    for (const listener of listeners) listener();
  }, [title]);
}

/** Returns the title of the page that is shown. */
export function useShownTitle(): string {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => shown,
  );
}
