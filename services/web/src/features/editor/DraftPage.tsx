/** The map that has no name yet: one for everybody, guests too. */

import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";

import { sessionQuery, type Account } from "@/features/account/session";
import { SaveDraftAs } from "@/features/work/SaveDraftAs";
import { isProblem } from "@/shared/api/problem";
import { ProblemNote } from "@/shared/ui/ProblemNote";
import { Waiting } from "@/shared/ui/Waiting";
import { openBench } from "./bench";
import { deviceCopy } from "./device_copy";
import type { Kept } from "./saver";
import { draftStore } from "./draft_store";
import { SaveStatus } from "./SaveStatus";
import { STARTING_POINTS } from "./starter";
import { Workbench } from "./Workbench";

export function DraftPage() {
  const session = useQuery(sessionQuery);
  const owner = session.data?.id ?? null;
  const draft = useQuery({
    queryKey: ["draft", owner],
    queryFn: () => draftStore.load(),
    enabled: !session.isPending,
    staleTime: Infinity, // from here on the editor knows it best
    gcTime: 0,
  });

  if (session.isPending || draft.isPending) return <Waiting what="Opening your draft" />;
  // Without an answer, what this device has is edited on.
  if (draft.isError && !(isProblem(draft.error, "offline") && deviceCopy(owner).load())) {
    return (
      <div className="page narrow">
        <ProblemNote error={draft.error} heading="Your draft cannot be opened" onRetry={() => void draft.refetch()} />
      </div>
    );
  }
  return <Draft key={owner} account={session.data ?? null} kept={draft.data ?? null} />;
}

function Draft({ account, kept }: { account: Account | null; kept: Kept | null }) {
  const [bench] = useState(() => openBench(draftStore, deviceCopy(account?.id ?? null), kept, STARTING_POINTS.starter));
  const { begin } = useSearch({ from: "/" });
  const navigate = useNavigate();
  useEffect(() => {
    if (!begin) return;
    bench.editor.replace(STARTING_POINTS[begin]);
    void navigate({ to: "/", replace: true });
  }, [begin, bench, navigate]);
  return (
    <Workbench bench={bench} title="Draft">
      <h1>Draft</h1>
      <SaveDraftAs account={account} saver={bench.saver} />
      <SaveStatus bench={bench} />
    </Workbench>
  );
}
