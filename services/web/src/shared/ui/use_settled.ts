/** What somebody types, once they pause. */

import { useEffect, useState } from "react";

export const PAUSE_MILLISECONDS = 300;

/** Returns the value as it was when it last stayed the same for a moment. */
export function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
