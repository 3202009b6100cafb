/** Works as cards, some at a time. */

import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";

import type { ApiSchemas } from "@/shared/api/client";
import { Button } from "@/shared/ui/Button";
import { ProblemNote } from "@/shared/ui/ProblemNote";
import { Waiting } from "@/shared/ui/Waiting";
import { WorkCard } from "./WorkCard";

interface WorkListProps {
  query: UseInfiniteQueryResult<InfiniteData<ApiSchemas["WorkPage"]>>;
  /** What is said where there are none. */
  empty: string;
}

export function WorkList({ query, empty }: WorkListProps) {
  if (query.isPending) return <Waiting />;
  const works = query.data?.pages.flatMap((page) => page.works) ?? [];
  return (
    <>
      {query.isError && <ProblemNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && works.length === 0 && <p className="hint">{empty}</p>}
      <ul className="works">
        {works.map((work) => (
          <li key={`${work.kind} ${work.name}`}>
            <WorkCard work={work} />
          </li>
        ))}
      </ul>
      {query.hasNextPage && (
        <div>
          <Button isDisabled={query.isFetchingNextPage} onPress={() => void query.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
    </>
  );
}
