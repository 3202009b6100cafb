/** Tells administrators of a work that should not be here. */

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { answer, api } from "@/shared/api/client";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { SelectField, TextField } from "@/shared/ui/fields";
import { SendForm } from "@/shared/ui/SendForm";
import type { WorkId } from "./kinds";
import { REASONS, type Reason } from "./reasons";
import { paramsOf } from "./work";

interface ReportDialogProps {
  work: WorkId;
  isOpen: boolean;
  onClose: () => void;
}

export function ReportDialog({ work, isOpen, onClose }: ReportDialogProps) {
  const [reason, setReason] = useState<Reason>("other");
  const [details, setDetails] = useState("");
  const report = useMutation({
    mutationFn: () =>
      answer(api.POST("/hub/{kind}/{name}/reports", { params: paramsOf(work), body: { reason, details } })),
  });
  return (
    <Dialog title={`Report ${work.name}`} isOpen={isOpen} onClose={onClose}>
      {report.isSuccess ? (
        <>
          <p role="status">Thank you. The people who run this site will look at it.</p>
          <div className="actions">
            <Button onPress={onClose}>Close</Button>
          </div>
        </>
      ) : (
        <SendForm
          state={report}
          onSend={() => report.mutate()}
          action="Send"
          look="primary"
          isReady={reason !== "other" || details.trim() !== ""}
          onCancel={onClose}
        >
          <p className="hint">Its author is not told who reported it.</p>
          <SelectField label="What is wrong with it" value={reason} choices={REASONS} onChange={setReason} />
          <TextField
            label="What should be looked at"
            value={details}
            onChange={setDetails}
            lines={4}
            maxLength={2000}
            required={reason === "other"}
          />
        </SendForm>
      )}
    </Dialog>
  );
}
