/** Asks before something is done that cannot be undone, where it matters much by having a name typed. */

import { useMutation } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";

import { Dialog } from "./Dialog";
import { TextField } from "./fields";
import { SendForm } from "./SendForm";

interface ConfirmDialogProps extends ConfirmFormProps {
  title: string;
  isOpen: boolean;
}

interface ConfirmFormProps {
  /** What comes of it. */
  children: ReactNode;
  /** What the button says. */
  action: string;
  /** What has to be typed first. */
  typed?: string;
  /** Does it; a problem that it throws is shown. */
  onConfirm: () => Promise<unknown>;
  onClose: () => void;
}

export function ConfirmDialog({ title, isOpen, ...form }: ConfirmDialogProps) {
  return (
    <Dialog title={title} isOpen={isOpen} onClose={form.onClose}>
      <ConfirmForm {...form} />
    </Dialog>
  );
}

function ConfirmForm({ children, action, typed, onConfirm, onClose }: ConfirmFormProps) {
  const [text, setText] = useState("");
  const confirm = useMutation({ mutationFn: onConfirm, onSuccess: onClose });
  return (
    <SendForm
      state={confirm}
      onSend={() => confirm.mutate()}
      action={action}
      look="danger"
      isReady={typed === undefined || text.trim() === typed}
      onCancel={onClose}
    >
      {children}
      {typed !== undefined && (
        <TextField
          label={`Type ${typed} to confirm this`}
          value={text}
          onChange={setText}
          autoComplete="off"
          code
          autoFocus
        />
      )}
    </SendForm>
  );
}
