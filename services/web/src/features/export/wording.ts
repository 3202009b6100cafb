/** The words for what is exported. */

import type { Picture } from "@/features/preview/map_link";
import { sayCount } from "@/shared/ui/count";

/** Says what is not in a picture; null: nothing is left out. */
export function saysLeftOut({ tilesLeftOut, imagesLeftOut }: Picture): string | null {
  const parts = [
    tilesLeftOut > 0 && `${sayCount(tilesLeftOut, "tile")} of the base map`,
    imagesLeftOut > 0 && sayCount(imagesLeftOut, "picture"),
  ].filter((part) => part !== false);
  if (parts.length === 0) return null;
  return `Left out: ${parts.join(" and ")}. Their servers do not let a page read them.`;
}
