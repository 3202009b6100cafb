/** Opens the work that the address names, for its page; says so where there is none, or where it is hidden. */

import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";

import { useAccount, type Account } from "@/features/account/session";
import { NotFound } from "@/features/shell/NotFound";
import { usePageTitle } from "@/features/shell/page_title";
import { isProblem } from "@/shared/api/problem";
import { ProblemNote } from "@/shared/ui/ProblemNote";
import { Waiting } from "@/shared/ui/Waiting";
import { readVersion } from "./addresses";
import { HiddenWork } from "./HiddenWork";
import { KIND_WORDS, type Kind } from "./kinds";
import { workQuery, type Work } from "./work";

export interface OpenedWork {
  work: Work;
  /** The version that the address names; null: it names none. */
  version: number | null;
  /** Who looks, where the work is theirs. */
  author: Account | null;
}

interface WorkGateProps {
  kind: Kind;
  children: (opened: OpenedWork) => ReactNode;
}

export function WorkGate({ kind, children }: WorkGateProps) {
  const { name = "", version: named } = useParams({ strict: false });
  const id = { kind, name };
  const account = useAccount();
  const opened = useQuery(workQuery(id));
  usePageTitle(named === undefined ? name : `${name}, ${named.replace("v", "version ")}`);
  if (opened.isPending || account === undefined) return <Waiting />;
  // What is known of it is out of date where it is gone or hidden now.
  if (isProblem(opened.error, "work-hidden")) return <HiddenWork work={id} problem={opened.error} />;
  if (isProblem(opened.error) && opened.error.status === 404) return <NotFound what={KIND_WORDS[kind].one} />;
  if (!opened.data) {
    return (
      <div className="page narrow">
        <ProblemNote error={opened.error} onRetry={() => void opened.refetch()} />
      </div>
    );
  }
  const work = opened.data;
  const version = named === undefined ? null : readVersion(named);
  // Numbers of versions have no gaps.
  const isThere = named === undefined || (version !== null && version <= work.latest_version);
  if (!isThere) return <NotFound what="version" />;
  const author = account !== null && account.username === work.author ? account : null;
  return children({ work, version, author });
}
