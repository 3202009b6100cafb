/** Gives up a published work, for good. */

import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";

import { answer, api } from "@/shared/api/client";
import { ConfirmDialog } from "@/shared/ui/ConfirmDialog";
import { pageOf } from "./addresses";
import { KIND_WORDS } from "./kinds";
import { paramsOf, workQuery, type Work } from "./work";

interface DisassociateDialogProps {
  work: Work;
  isOpen: boolean;
  onClose: () => void;
  /** Has what is being edited saved, so that nothing of it is sent afterwards. */
  settle: () => Promise<void>;
}

export function DisassociateDialog({ work, isOpen, onClose, settle }: DisassociateDialogProps) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { one } = KIND_WORDS[work.kind];
  return (
    <ConfirmDialog
      title={`Give up ${work.name}?`}
      action="Give it up for good"
      typed={work.name}
      isOpen={isOpen}
      onClose={onClose}
      onConfirm={async () => {
        await settle();
        const body = { confirm: work.name };
        const given = await answer(api.POST("/hub/{kind}/{name}/disassociate", { params: paramsOf(work), body }));
        queries.setQueryData(workQuery(work).queryKey, given);
        await queries.invalidateQueries({ queryKey: ["works"] });
        await navigate(pageOf(work));
      }}
    >
      <p>
        This {one} will be nobody’s: your name is taken off it, and neither you nor anybody else can ever change it
        again.
      </p>
      <p>
        Its {work.latest_version === 1 ? "version stays" : "versions stay"} where{" "}
        {work.latest_version === 1 ? "it is" : "they are"}. Maps that import it go on working.
      </p>
    </ConfirmDialog>
  );
}
