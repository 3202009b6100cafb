/** The drafts that one has: the one that is edited, and those that were set aside, to be taken up again. */

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";

import { usePageTitle } from "@/features/shell/page_title";
import { answer, api, type ApiSchemas } from "@/shared/api/client";
import { Button } from "@/shared/ui/Button";
import { ConfirmDialog } from "@/shared/ui/ConfirmDialog";
import { CopyField } from "@/shared/ui/CopyField";
import { Dialog } from "@/shared/ui/Dialog";
import { ProblemNote } from "@/shared/ui/ProblemNote";
import { sayTime } from "@/shared/ui/time";
import { Waiting } from "@/shared/ui/Waiting";
import { DRAFTS_KEY, draftQuery, draftsQuery } from "./drafts";

type Draft = ApiSchemas["DraftSummary"];

export function DraftsPage() {
  const drafts = useQuery(draftsQuery);
  usePageTitle("Drafts");
  return (
    <div className="page narrow stack">
      <h1>Drafts</h1>
      <p className="hint">
        You edit one draft at a time. Where you made one before signing in and had another already, that one is set
        aside here. Nothing is deleted unless you do.
      </p>
      {drafts.isPending && <Waiting />}
      {drafts.isError && <ProblemNote error={drafts.error} onRetry={() => void drafts.refetch()} />}
      {drafts.data?.length === 0 && (
        <p>
          You have none. <Link to="/">Begin one</Link>
        </p>
      )}
      <ul className="stack">
        {drafts.data?.map((draft) => (
          <li key={draft.id} className="card stack">
            <DraftCard draft={draft} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function DraftCard({ draft }: { draft: Draft }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [opened, setOpened] = useState<"look" | "delete" | null>(null);
  const close = () => setOpened(null);
  const params = { path: { draft_id: draft.id } };
  const when = sayTime(draft.updated_at);
  const isCurrent = draft.id === "current";
  const restore = useMutation({
    mutationFn: () => answer(api.POST("/drafts/{draft_id}/restore", { params })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: DRAFTS_KEY });
      await navigate({ to: "/" });
    },
  });
  return (
    <>
      <h2>{draft.name || (isCurrent ? "The draft that you edit" : "A draft that was set aside")}</h2>
      <p className="hint">
        last changed {when}, {sayBytes(draft.size_bytes)}
      </p>
      {restore.isError && <ProblemNote error={restore.error} />}
      <div className="row">
        {isCurrent ? (
          <Link to="/" className="button">
            Edit
          </Link>
        ) : (
          <>
            <Button isDisabled={restore.isPending} onPress={() => restore.mutate()}>
              Take it up again
            </Button>
            <Button look="quiet" onPress={() => setOpened("look")}>
              Look at it
            </Button>
            <Button look="quiet" onPress={() => setOpened("delete")}>
              Delete
            </Button>
          </>
        )}
      </div>
      {opened === "look" && (
        <Dialog title="The program of this draft" wide isOpen onClose={close}>
          <Program id={draft.id} />
          <div className="actions">
            <Button onPress={close}>Close</Button>
          </div>
        </Dialog>
      )}
      <ConfirmDialog
        title="Delete this draft?"
        action="Delete"
        isOpen={opened === "delete"}
        onClose={close}
        onConfirm={async () => {
          await answer(api.DELETE("/drafts/{draft_id}", { params }));
          await queries.invalidateQueries({ queryKey: DRAFTS_KEY });
        }}
      >
        <p>It was last changed {when}. Nobody can bring it back.</p>
      </ConfirmDialog>
    </>
  );
}

function Program({ id }: { id: string }) {
  const draft = useQuery(draftQuery(id));
  if (draft.isPending) return <Waiting />;
  if (draft.isError) return <ProblemNote error={draft.error} onRetry={() => void draft.refetch()} />;
  const { program = "", library = "", theme = "" } = draft.data;
  return (
    <>
      <CopyField label="Program" value={program} lines={16} />
      {library && <CopyField label="Territory library" value={library} lines={6} />}
      {theme && <CopyField label="Theme" value={theme} lines={6} />}
    </>
  );
}

function sayBytes(bytes: number): string {
  return `${Math.max(1, Math.round(bytes / 1000))} kB`;
}
