/** Works of the hub, as the services know them. */

import { queryOptions } from "@tanstack/react-query";

import type { Kept, MapStore } from "@/features/editor/saver";
import { answer, api, type ApiSchemas } from "@/shared/api/client";
import { isProblem } from "@/shared/api/problem";

export type Work = ApiSchemas["WorkBody"];
export type Artefact = ApiSchemas["ArtefactStateBody"];

const PATIENCE_MILLISECONDS = 2000;

export function pathOf(name: string) {
  return { path: { kind: "map" as const, name } };
}

export function workQuery(name: string) {
  return queryOptions({
    queryKey: ["work", name],
    queryFn: () => answer(api.GET("/hub/{kind}/{name}", { params: pathOf(name) })),
    // A version's map may still be on its way.
    refetchInterval: ({ state }) =>
      state.data?.versions.some(({ artefact }) => artefact?.state === "pending") ? PATIENCE_MILLISECONDS : false,
  });
}

/** What a map says now, as it is edited. */
export function keptOf({ alpha }: Work): Kept {
  return { content: { program: alpha.content, document: null, files: alpha.files }, tag: `"${alpha.version}"` };
}

/** Returns where the alpha of one's own map is kept. */
export function alphaStore(name: string): MapStore {
  return {
    load: async () => keptOf(await answer(api.GET("/hub/{kind}/{name}", { params: pathOf(name) }))),
    async save({ program, files }, tag) {
      const params = {
        ...pathOf(name),
        header: tag === null ? { "if-none-match": "*" as const } : { "if-match": tag },
      };
      try {
        const body = { content: program, files };
        const { alpha } = await answer(api.PUT("/hub/{kind}/{name}/alpha", { params, body }));
        return { kind: "saved", tag: `"${alpha.version}"` };
      } catch (error) {
        if (!isProblem(error, "stale")) throw error;
        return { kind: "stale", theirs: keptOf(error.details.current as Work) };
      }
    },
  };
}
