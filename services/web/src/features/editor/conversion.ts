/** Turns programs and documents into each other: the services do it, without loss. */

import { answer, api } from "@/shared/api/client";
import type { Conversion } from "./map_editor";

export const conversion: Conversion = {
  async read(program, signal) {
    const { document } = await answer(api.POST("/document/parse", { body: { program }, signal }));
    return document;
  },
  write(document, signal) {
    return answer(api.POST("/document/program", { body: { document }, signal }));
  },
};
