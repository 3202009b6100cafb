/** Asks for the name of a new work, and who can see it. */

import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { Dialog } from "@/shared/ui/Dialog";
import { SelectField } from "@/shared/ui/fields";
import { SendForm } from "@/shared/ui/SendForm";
import type { Kind } from "./kinds";
import { NameField } from "./NameField";
import { suggestionQuery } from "./names";
import { VISIBILITIES, type Visibility } from "./visibility";

interface NameDialogProps extends NameFormProps {
  title: string;
  isOpen: boolean;
}

interface NameFormProps {
  kind: Kind;
  /** What the name should be like. */
  base: string;
  onClose: () => void;
  /** Makes the work; may throw a problem, which is shown. */
  onName: (name: string, visibility: Visibility) => Promise<void>;
}

export function NameDialog({ title, isOpen, ...form }: NameDialogProps) {
  return (
    <Dialog title={title} isOpen={isOpen} onClose={form.onClose}>
      <NameForm {...form} />
    </Dialog>
  );
}

function NameForm({ kind, base, onClose, onName }: NameFormProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const [visibility, setVisibility] = useState<Visibility>("public");
  const suggestion = useQuery(suggestionQuery(kind, base));
  const name = typed ?? suggestion.data?.name ?? "";
  const make = useMutation({ mutationFn: () => onName(name, visibility) });
  const change = (next: string) => {
    setTyped(next);
    make.reset(); // what was said was of another name
  };
  return (
    <SendForm
      state={make}
      onSend={() => make.mutate()}
      action="Save"
      look="primary"
      isReady={name !== ""}
      onCancel={onClose}
    >
      <NameField kind={kind} value={name} onChange={change} error={make.error} />
      <SelectField label="Who can see it" value={visibility} choices={VISIBILITIES} onChange={setVisibility} />
    </SendForm>
  );
}
