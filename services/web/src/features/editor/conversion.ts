/** Turns programs and documents into each other: the services do it, without loss. */

import type { OwnSources } from "@/features/library/own_sources";
import { answer, api } from "@/shared/api/client";
import type { Conversion } from "./map_editor";

/** Returns the conversion for a map: names of its own library mean territories in it. */
export function conversionFor(own: OwnSources): Conversion {
  return {
    async read(program, signal) {
      const library_names = [...(await own.names())];
      const { document } = await answer(api.POST("/document/parse", { body: { program, library_names }, signal }));
      return document;
    },
    async write(document, signal) {
      const library_names = [...(await own.names())];
      return answer(api.POST("/document/program", { body: { document, library_names }, signal }));
    },
  };
}
