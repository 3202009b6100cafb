/** The site's face, as its administrators have it. */

import { queryOptions } from "@tanstack/react-query";

import { answer, api } from "@/shared/api/client";

export const brandingQuery = queryOptions({
  queryKey: ["branding"],
  queryFn: () => answer(api.GET("/settings")),
  staleTime: Infinity,
});
