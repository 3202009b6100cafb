/** Where the keyboard is after going to another page: at its beginning. */

import { useLocation } from "@tanstack/react-router";
import { useEffect, useRef, type RefObject } from "react";

/** Moves the focus to the page whenever another one is shown, unless something on it has the focus already. */
export function useFocusOnPages(page: RefObject<HTMLElement | null>): void {
  const path = useLocation({ select: ({ pathname }) => pathname });
  const former = useRef(path);
  useEffect(() => {
    if (former.current === path) return;
    former.current = path;
    const { current } = page;
    if (current && !current.contains(document.activeElement)) current.focus({ preventScroll: true });
  }, [path, page]);
}
