/** Dresses the page in the site's own colour, where it has one. */

import { useEffect } from "react";

import { useIsNight } from "@/shared/ui/theme";
import { accentFor } from "./accent";

/** Takes a colour, `#rrggbb`; null: the colour stays ours. */
export function useAccent(colour: string | null): void {
  const isNight = useIsNight();
  useEffect(() => {
    if (colour === null) return;
    const { style } = document.documentElement;
    const { accent, onAccent, wash } = accentFor(colour, isNight);
    const properties = { "--accent": accent, "--on-accent": onAccent, "--accent-wash": wash };
    for (const [name, value] of Object.entries(properties)) style.setProperty(name, value);
    return () => {
      for (const name of Object.keys(properties)) style.removeProperty(name);
    };
  }, [colour, isNight]);
}
