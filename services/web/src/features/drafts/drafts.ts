/** One's drafts: the one that is edited, and those that were set aside. */

import { queryOptions } from "@tanstack/react-query";

import { answer, api, transport } from "@/shared/api/client";

export const DRAFTS_KEY = ["drafts"];

export const draftsQuery = queryOptions({
  queryKey: DRAFTS_KEY,
  queryFn: async () => {
    await transport.becomeSomebody(); // a guest's drafts are known by their cookie
    return (await answer(api.GET("/drafts"))).drafts;
  },
  staleTime: 0,
});

export function draftQuery(id: string) {
  return queryOptions({
    queryKey: [...DRAFTS_KEY, id],
    queryFn: () => answer(api.GET("/drafts/{draft_id}", { params: { path: { draft_id: id } } })),
    staleTime: 0,
  });
}
