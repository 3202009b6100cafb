/** The draft of a map that has no name yet, as the services keep it. */

import { answer, api, transport, type ApiSchemas } from "@/shared/api/client";
import { isProblem } from "@/shared/api/problem";
import type { MapStore, Kept } from "./saver";

type DraftBody = ApiSchemas["DraftBody"];

const CURRENT = { draft_id: "current" };

export const draftStore: MapStore = {
  async load() {
    await transport.becomeSomebody(); // a guest's draft is known by their cookie
    try {
      return kept(await answer(api.GET("/drafts/{draft_id}", { params: { path: CURRENT } })));
    } catch (error) {
      if (isProblem(error, "no-draft")) return null;
      throw error;
    }
  },
  async save({ program, files, library = "", theme = "" }, tag) {
    const header = tag === null ? { "if-none-match": "*" } : { "if-match": tag };
    try {
      const body = { program, files, library, theme };
      const { version } = await answer(api.PUT("/drafts/current", { params: { header }, body }));
      return { kind: "saved", tag: tagOf(version) };
    } catch (error) {
      if (!isProblem(error, "stale")) throw error;
      const current = error.details.current as DraftBody | null | undefined;
      return { kind: "stale", theirs: current ? kept(current) : null };
    }
  },
};

function kept({ program = "", files = {}, library = "", theme = "", version }: DraftBody): Kept {
  return { content: { program, document: null, files, library, theme }, tag: tagOf(version) };
}

/** Returns the entity tag of a version. */
function tagOf(version: number): string {
  return `"${version}"`;
}
