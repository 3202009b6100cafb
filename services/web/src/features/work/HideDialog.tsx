/** Hides a work from everyone but its author, and says why. */

import { useState } from "react";

import { Dialog } from "@/shared/ui/Dialog";
import { TextField } from "@/shared/ui/fields";
import { SendForm } from "@/shared/ui/SendForm";
import { KIND_WORDS, type WorkId } from "./kinds";
import { useModeration } from "./moderation";

interface HideDialogProps {
  work: WorkId;
  isOpen: boolean;
  onClose: () => void;
}

export function HideDialog({ work, isOpen, onClose }: HideDialogProps) {
  const [reason, setReason] = useState("");
  const { hide } = useModeration(work);
  return (
    <Dialog title={`Hide ${work.name}`} isOpen={isOpen} onClose={onClose}>
      <SendForm
        state={hide}
        onSend={() => hide.mutate(reason.trim(), { onSuccess: onClose })}
        action="Hide"
        look="danger"
        isReady={reason.trim() !== ""}
        onCancel={onClose}
      >
        <p>
          Nobody but its author sees this {KIND_WORDS[work.kind].one} any more, and nothing new can import it. What is
          published with it already goes on being drawn. Open reports about it are resolved.
        </p>
        <TextField
          label="Reason, which everybody is told who comes to it"
          value={reason}
          onChange={setReason}
          lines={3}
          maxLength={1000}
          autoFocus
          required
        />
      </SendForm>
    </Dialog>
  );
}
