/** The map that has no name yet: one for everybody, guests too. */

import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";

import { sessionQuery, type Account } from "@/features/account/session";
import { FirstSteps } from "@/features/drafts/FirstSteps";
import { OtherDrafts } from "@/features/drafts/OtherDrafts";
import { readPath } from "@/features/imports/paths";
import { keepInDraft } from "@/features/library/sources";
import { usePageTitle } from "@/features/shell/page_title";
import { BenchExport } from "@/features/export/BenchExport";
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
  usePageTitle("Draft");
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
  const [bench] = useState(() =>
    keepInDraft(openBench(draftStore, deviceCopy(account?.id ?? null), kept, STARTING_POINTS.starter)),
  );
  const { begin, use } = useSearch({ from: "/" });
  const [wanted] = useState(() => readPath(use ?? ""));
  const navigate = useNavigate();
  useEffect(() => {
    if (!begin && !use) return;
    if (begin) bench.editor.replace(STARTING_POINTS[begin]);
    void navigate({ to: "/", replace: true });
  }, [begin, use, bench, navigate]);
  return (
    <div className="draft-page">
      {account === null && <FirstSteps />}
      <Workbench bench={bench} title="Draft" wanted={wanted}>
        <h1>Draft</h1>
        <SaveDraftAs account={account} saver={bench.saver} />
        <BenchExport bench={bench} name="draft" />
        <OtherDrafts />
        <SaveStatus bench={bench} />
      </Workbench>
    </div>
  );
}
