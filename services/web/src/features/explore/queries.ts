/** Works in lists, some at a time. */

import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";

import type { Kind } from "@/features/work/kinds";
import { answer, api } from "@/shared/api/client";
import type { Search } from "./search";

/** What people have published. */
export function exploreQuery({ q = "", kind = "map", sort = "featured" }: Search) {
  return infiniteQueryOptions({
    queryKey: ["explore", q, kind, sort],
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET("/explore", {
          params: { query: { q, kind, sort, ...(pageParam !== null && { cursor: pageParam }) } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  });
}

/** Somebody's works; to themselves those too that nobody else sees. */
export function worksQuery(username: string, kind: Kind) {
  return infiniteQueryOptions({
    queryKey: ["works", username, kind],
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET("/users/{username}/works", {
          params: { path: { username }, query: { kind, ...(pageParam !== null && { cursor: pageParam }) } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  });
}
