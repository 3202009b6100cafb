/** A map of the hub: its author edits it, everybody else looks at a version. */

import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { lazy, Suspense } from "react";

import { useAccount } from "@/features/account/session";
import { NotFound } from "@/features/shell/NotFound";
import { isProblem } from "@/shared/api/problem";
import { ProblemNote } from "@/shared/ui/ProblemNote";
import { Waiting } from "@/shared/ui/Waiting";
import { PublishedMap } from "./PublishedMap";
import { workQuery } from "./work";

const OwnMap = lazy(() => import("./OwnMap"));

const VERSION = /^v([1-9]\d{0,8})$/;

export function WorkPage() {
  const { name, version } = useParams({ strict: false });
  const account = useAccount();
  const work = useQuery(workQuery(name ?? ""));
  if (work.isPending || account === undefined) return <Waiting />;
  if (isProblem(work.error) && work.error.status === 404) return <NotFound what="map" />;
  if (work.isError) {
    return (
      <div className="page narrow">
        <ProblemNote error={work.error} onRetry={() => void work.refetch()} />
      </div>
    );
  }
  const isOwn = account !== null && account.username === work.data.author;
  if (version === undefined) {
    if (isOwn) {
      return (
        <Suspense fallback={<Waiting />}>
          <OwnMap key={work.data.name} work={work.data} account={account} />
        </Suspense>
      );
    }
    return <PublishedMap work={work.data} version={work.data.latest_version || null} isOwn={false} />;
  }
  const number = Number(VERSION.exec(version)?.[1]);
  if (!work.data.versions.some((published) => published.version === number)) return <NotFound what="version" />;
  return <PublishedMap work={work.data} version={number} isOwn={isOwn} />;
}
