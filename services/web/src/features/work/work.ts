/** Works of the hub, as the services know them. */

import { queryOptions } from "@tanstack/react-query";

import type { Kept, MapStore } from "@/features/editor/saver";
import { queries } from "@/features/shell/queries";
import { answer, api, type ApiSchemas } from "@/shared/api/client";
import { isProblem } from "@/shared/api/problem";
import type { WorkId } from "./kinds";

export type Work = ApiSchemas["WorkBody"];
export type Artefact = ApiSchemas["ArtefactStateBody"];

const PATIENCE_MILLISECONDS = 2000;

/** Returns how requests name a work. */
export function paramsOf({ kind, name }: WorkId) {
  return { path: { kind, name } };
}

export function workQuery({ kind, name }: WorkId) {
  return queryOptions({
    queryKey: ["work", kind, name],
    queryFn: () => answer(api.GET("/hub/{kind}/{name}", { params: paramsOf({ kind, name }) })),
    // A version's map may still be on its way.
    refetchInterval: ({ state }) =>
      state.data?.versions.some(({ artefact }) => artefact?.state === "pending") ? PATIENCE_MILLISECONDS : false,
  });
}

/** A published version: its program and files, which never change. */
export function versionQuery({ kind, name }: WorkId, version: number) {
  return queryOptions({
    queryKey: ["version", kind, name, version],
    queryFn: () =>
      answer(
        api.GET("/hub/{kind}/{name}/versions/{version}", {
          params: { path: { kind, name, version: `${version}` } },
        }),
      ),
  });
}

/** What a work says now, as it is edited. */
export function keptOf({ alpha }: Work): Kept {
  return { content: { program: alpha.content, document: null, files: alpha.files }, tag: `"${alpha.version}"` };
}

/** Returns where the alpha of one's own work is kept. */
export function alphaStore(id: WorkId): MapStore {
  return {
    load: async () => keptOf(await answer(api.GET("/hub/{kind}/{name}", { params: paramsOf(id) }))),
    async save({ program, files }, tag) {
      const params = {
        ...paramsOf(id),
        header: tag === null ? { "if-none-match": "*" as const } : { "if-match": tag },
      };
      try {
        const body = { content: program, files };
        const saved = await answer(api.PUT("/hub/{kind}/{name}/alpha", { params, body }));
        // Whoever comes back to it later begins with what was saved here.
        queries.setQueryData(workQuery(id).queryKey, saved);
        return { kind: "saved", tag: `"${saved.alpha.version}"` };
      } catch (error) {
        if (!isProblem(error, "stale")) throw error;
        return { kind: "stale", theirs: keptOf(error.details.current as Work) };
      }
    },
  };
}
