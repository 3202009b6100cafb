/** What this device keeps of a map until the service has it. */

import type { DeviceCopy, Unsaved } from "./saver";

/**
 * Returns the place of one map on this device.
 *
 * @param owner A user's number; null: a guest.
 * @param name The work's; null: the draft.
 */
export function deviceCopy(owner: number | null, name: string | null = null): DeviceCopy {
  const key = ["xatra.unsaved", owner ?? "guest", ...(name === null ? [] : [name])].join(".");
  return {
    load() {
      try {
        const text = localStorage.getItem(key);
        return text === null ? null : (JSON.parse(text) as Unsaved);
      } catch {
        return null; // storage is closed to us, or somebody else wrote there
      }
    },
    save(unsaved) {
      try {
        localStorage.setItem(key, JSON.stringify(unsaved));
        return true;
      } catch {
        return false;
      }
    },
    clear() {
      try {
        localStorage.removeItem(key);
      } catch {
        // nothing was kept there
      }
    },
  };
}
