// @vitest-environment happy-dom
import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { expect, test } from "vitest";

import { sessionQuery, signedOut } from "@/features/account/session";

test("who looks at an account learns that its session has ended, also while it is being asked for", async () => {
  const queries = new QueryClient();
  const seen: unknown[] = [];
  const observer = new QueryObserver(queries, {
    ...sessionQuery,
    queryFn: async () => {
      signedOut(queries); // as the transport tells when the services say so
      await Promise.resolve();
      return null;
    },
  });
  const end = observer.subscribe(({ data }) => seen.push(data));
  await new Promise((resolve) => setTimeout(resolve, 10));
  end();
  expect(seen.at(-1)).toBeNull();
});

test("what only somebody who was signed in could see is forgotten when the session ends", () => {
  const queries = new QueryClient();
  queries.setQueryData(["tokens"], ["a token"]);
  signedOut(queries);
  expect(queries.getQueryData(["tokens"])).toBeUndefined();
});
