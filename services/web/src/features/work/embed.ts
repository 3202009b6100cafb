/** What other sites put into their pages to show a map. */

import { API_ADDRESS } from "@/shared/api/address";
import { pathOf } from "./addresses";

export interface Embedding {
  name: string;
  /** Null: always the latest. */
  version: number | null;
  width: number;
  height: number;
}

/** Returns the HTML of a frame with a map. */
export function embedCode({ name, version, width, height }: Embedding, api = API_ADDRESS): string {
  const address = [api, "embed", name, version].filter((part) => part !== null).join("/");
  return `<iframe src="${address}" width="${width}" height="${height}" style="border:0" title="${name}"></iframe>`;
}

/** Returns the address at which oEmbed tells of a map. */
export function oembedAddress({ name, version }: Omit<Embedding, "width" | "height">, api = API_ADDRESS): string {
  const page = new URL(`..${pathOf({ kind: "map", name })}${version === null ? "" : `/v${version}`}`, `${api}/`);
  return `${api}/oembed?${new URLSearchParams({ url: page.href })}`;
}
