/** Deletes a work that was never published. */

import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";

import { answer, api } from "@/shared/api/client";
import { ConfirmDialog } from "@/shared/ui/ConfirmDialog";
import { KIND_WORDS } from "./kinds";
import { paramsOf, workQuery, type Work } from "./work";

interface DeleteDialogProps {
  work: Work;
  isOpen: boolean;
  onClose: () => void;
  /** Has what is being edited saved, so that nothing of it is sent afterwards. */
  settle: () => Promise<void>;
}

export function DeleteDialog({ work, isOpen, onClose, settle }: DeleteDialogProps) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return (
    <ConfirmDialog
      title={`Delete ${work.name}?`}
      action="Delete"
      isOpen={isOpen}
      onClose={onClose}
      onConfirm={async () => {
        await settle();
        await answer(api.DELETE("/hub/{kind}/{name}", { params: paramsOf(work) }));
        if (work.author !== null) await navigate({ to: "/user/$username", params: { username: work.author } });
        queries.removeQueries({ queryKey: workQuery(work).queryKey });
        await queries.invalidateQueries({ queryKey: ["works"] });
      }}
    >
      <p>This {KIND_WORDS[work.kind].one} was never published. Nobody can bring it back.</p>
    </ConfirmDialog>
  );
}
