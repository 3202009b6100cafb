/** Small choices that this device keeps. */

import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();

/** Returns a choice that this device keeps, and what changes it. */
export function useRemembered(name: string, usual: boolean): [boolean, (value: boolean) => void] {
  const key = `xatra.${name}`;
  const value = useSyncExternalStore(subscribe, () => read(key) ?? usual);
  const remember = (next: boolean) => {
    try {
      localStorage.setItem(key, `${next}`);
    } catch {
      return; // storage is closed to us: everything stays as usual
    }
    for (const listener of listeners) listener();
  };
  return [value, remember];
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function read(key: string): boolean | null {
  try {
    const stored = localStorage.getItem(key);
    return stored === null ? null : stored === "true";
  } catch {
    return null;
  }
}
