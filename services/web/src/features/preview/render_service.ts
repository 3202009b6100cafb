/** Renders on the services: ask, follow, cancel. */

import { API_ADDRESS } from "@/shared/api/address";
import { answer, api } from "@/shared/api/client";
import { hasEnded, type Render, type RenderService } from "./render";

const SHORT_WAIT = "wait=2";
const LONG_WAIT = "wait=20";

export const renderService: RenderService = {
  ask: (request) => answer(api.POST("/renders", { body: request, params: { header: { prefer: SHORT_WAIT } } })),
  cancel: (id) => answer(api.DELETE("/renders/{render_id}", { params: { path: { render_id: id } } })),
  async follow(id, onChange, signal) {
    if (await listen(id, onChange, signal)) return;
    while (!signal.aborted) {
      const params = { path: { render_id: id }, header: { prefer: LONG_WAIT } };
      const render = await answer(api.GET("/renders/{render_id}", { params, signal }));
      onChange(render);
      if (hasEnded(render)) return;
    }
  },
};

/** Listens to the events of a render; tells whether there is no more to hear, false when the stream broke. */
function listen(id: string, onChange: (render: Render) => void, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const source = new EventSource(`${API_ADDRESS}/renders/${id}/events`);
    const end = (isOver: boolean) => {
      source.close();
      resolve(isOver);
    };
    source.addEventListener("state", ({ data }: MessageEvent<string>) => {
      const render = JSON.parse(data) as Render;
      onChange(render);
      if (hasEnded(render)) end(true);
    });
    source.addEventListener("error", () => end(false));
    signal.addEventListener("abort", () => end(true), { once: true });
    if (signal.aborted) end(true);
  });
}
