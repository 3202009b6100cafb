/** How people can come in here. */

import { queryOptions } from "@tanstack/react-query";

import { answer, auth } from "@/shared/api/client";

export const waysInQuery = queryOptions({
  queryKey: ["ways-in"],
  queryFn: () => answer(auth.GET("/auth/ways-in")),
  staleTime: Infinity,
});

export const providersQuery = queryOptions({
  queryKey: ["providers"],
  queryFn: () => answer(auth.GET("/auth/providers")),
  staleTime: Infinity,
});
