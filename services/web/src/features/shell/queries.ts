/** What is known of the services' answers, and when they are asked again. */

import { QueryClient } from "@tanstack/react-query";

import { Problem } from "@/shared/api/problem";

const MAX_TRIES = 2;

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      // What was refused for good is refused again; silence and strain may pass.
      retry: (failures, error) => failures < MAX_TRIES && error instanceof Problem && error.retrySeconds !== null,
      retryDelay: (_failures, error) => ((error instanceof Problem ? error.retrySeconds : null) ?? 1) * 1000,
    },
  },
});
