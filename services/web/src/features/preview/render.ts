/** Renders, and what makes them. */

import type { ApiSchemas } from "@/shared/api/client";

export type Render = ApiSchemas["RenderBody"];
export type RenderRequest = ApiSchemas["RenderRequestBody"];

/** What renders maps. */
export interface RenderService {
  /** Asks for a render: it has ended, or is under way after a moment. */
  ask: (request: RenderRequest) => Promise<Render>;
  /** Tells of every change of a render until it has ended, or `signal` ends the interest. */
  follow: (id: string, onChange: (render: Render) => void, signal: AbortSignal) => Promise<void>;
  cancel: (id: string) => Promise<Render>;
}

export function hasEnded(render: Render): boolean {
  return render.state !== "queued" && render.state !== "running";
}
