/** Who is signed in in this browser. */

import { queryOptions, useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";

import { answer, auth, transport, type AuthSchemas } from "@/shared/api/client";
import { isProblem } from "@/shared/api/problem";

export type Account = AuthSchemas["Account"];

/** The account; null: a guest. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  staleTime: 5 * 60_000,
  queryFn: async (): Promise<Account | null> => {
    try {
      return await answer(auth.GET("/auth/me"));
    } catch (error) {
      if (isProblem(error) && error.status === 401) return null;
      throw error;
    }
  },
});

/** Who is signed in; undefined: that is not known yet. */
export function useAccount(): Account | null | undefined {
  return useQuery(sessionQuery).data;
}

/** Takes note of who signed in; what was a guest's is asked for again. */
export function signedIn(queries: QueryClient, { user, csrf_token }: AuthSchemas["SignedInBody"]): void {
  transport.setToken(csrf_token);
  become(queries, user);
}

/** Takes note of the end of a session. */
export function signedOut(queries: QueryClient): void {
  transport.setToken(null);
  become(queries, null);
}

/** Forgets what somebody else could see; what is on the page is asked for anew. */
function become(queries: QueryClient, account: Account | null): void {
  const [session] = sessionQuery.queryKey;
  queries.setQueryData(sessionQuery.queryKey, account);
  void queries.resetQueries({ predicate: ({ queryKey }) => queryKey[0] !== session });
}

/** Returns what signs out. */
export function useSignOut(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    await answer(auth.POST("/auth/logout"));
    signedOut(queries);
  };
}
