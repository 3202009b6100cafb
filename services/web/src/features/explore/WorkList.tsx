/** Works as cards, some at a time. */

import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";

import type { ApiSchemas } from "@/shared/api/client";
import { MoreButton } from "@/shared/ui/MoreButton";
import { ProblemNote } from "@/shared/ui/ProblemNote";
import { Waiting } from "@/shared/ui/Waiting";
import { WorkCard } from "./WorkCard";

interface WorkListProps {
  query: UseInfiniteQueryResult<InfiniteData<ApiSchemas["WorkPage"]>>;
  /** What is said where there are none. */
  empty: ReactNode;
}

export function WorkList({ query, empty }: WorkListProps) {
  if (query.isPending) return <Waiting />;
  const works = query.data?.pages.flatMap((page) => page.works) ?? [];
  return (
    <>
      {query.isError && <ProblemNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && works.length === 0 && <div className="works-empty">{empty}</div>}
      <ul className="works" aria-busy={query.isPlaceholderData}>
        {works.map((work) => (
          <li key={`${work.kind} ${work.name}`}>
            <WorkCard work={work} />
          </li>
        ))}
      </ul>
      <MoreButton query={query} />
    </>
  );
}
