/** Pictures of maps: to keep, and to know a map by. */

import { useQueryClient } from "@tanstack/react-query";
import { use } from "react";

import type { MapLink, Picture } from "@/features/preview/map_link";
import { MapsContext } from "@/features/preview/maps_context";
import type { WorkId } from "@/features/work/kinds";
import { paramsOf, workQuery } from "@/features/work/work";
import { answer, api } from "@/shared/api/client";

const SHARP = 2; // pixels for each of the page
const PLAIN = 1;

/** Returns a picture to keep. */
export function pictureToKeep(map: MapLink): Promise<Picture> {
  return map.picture(SHARP, "image/png");
}

/** Returns what makes a map as it is in view the picture by which a work is known. */
export function useAsPicture(): (work: WorkId, map: MapLink) => Promise<void> {
  const queries = useQueryClient();
  return async (work, map) => {
    const { blob } = await map.picture(PLAIN, "image/jpeg");
    await answer(
      api.PUT("/hub/{kind}/{name}/thumbnail", {
        params: paramsOf(work),
        headers: { "Content-Type": blob.type },
        body: blob as unknown as string, // the document calls bytes a string
        bodySerializer: (body) => body,
      }),
    );
    await queries.invalidateQueries({ queryKey: workQuery(work).queryKey });
  };
}

/** Returns what makes the map beside the form the picture of a work that has been published; nobody waits for it. */
export function usePublishedPicture(): (work: WorkId) => void {
  const maps = use(MapsContext);
  const setPicture = useAsPicture();
  return (work) => {
    if (work.kind === "map" && maps?.preview.isReady()) setPicture(work, maps.preview).catch(() => undefined);
  };
}
