/** Names of works. */

import { queryOptions } from "@tanstack/react-query";

import { answer, api } from "@/shared/api/client";
import type { Kind } from "./kinds";

/** Returns what somebody typed as a name may be written: without capitals, spaces and hyphens. */
export function workName(typed: string): string {
  return typed.toLowerCase().replace(/[\s-]+/g, "_");
}

/** A name like some text that nobody has. */
export function suggestionQuery(kind: Kind, base: string) {
  return queryOptions({
    queryKey: ["suggestion", kind, base],
    queryFn: () => answer(api.GET("/hub/names/{kind}/suggestion", { params: { path: { kind }, query: { base } } })),
    staleTime: 0,
    gcTime: 0,
  });
}
