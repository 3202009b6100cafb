/** What is said of one's own work: its name until it is published, its description, who can see it. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";

import { answer, api } from "@/shared/api/client";
import { Dialog } from "@/shared/ui/Dialog";
import { SelectField, TextField } from "@/shared/ui/fields";
import { SendForm } from "@/shared/ui/SendForm";
import { pageOf } from "./addresses";
import { KIND_WORDS } from "./kinds";
import { NameField } from "./NameField";
import { VISIBILITIES } from "./visibility";
import { paramsOf, workQuery, type Work } from "./work";

interface DetailsDialogProps {
  work: Work;
  isOpen: boolean;
  onClose: () => void;
  /** Has what is being edited saved, before the work has another name. */
  settle: () => Promise<void>;
}

export function DetailsDialog({ work, isOpen, onClose, settle }: DetailsDialogProps) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState(work.name);
  const [description, setDescription] = useState(work.description);
  const [type, setType] = useState(work.display_type);
  const [visibility, setVisibility] = useState(work.visibility);
  const isPublished = work.latest_version > 0;
  const save = useMutation({
    mutationFn: async () => {
      const isRenamed = name !== work.name;
      if (isRenamed) await settle();
      const body = { description, display_type: type, visibility, ...(isRenamed && { name }) };
      return answer(api.PATCH("/hub/{kind}/{name}", { params: paramsOf(work), body }));
    },
    onSuccess: async (changed) => {
      queries.setQueryData(workQuery(changed).queryKey, changed);
      onClose();
      if (changed.name !== work.name) await navigate({ ...pageOf(changed), replace: true });
    },
  });
  const rename = (next: string) => {
    setName(next);
    save.reset(); // what was said was of another name
  };
  return (
    <Dialog title={work.name} isOpen={isOpen} onClose={onClose}>
      <SendForm
        state={save}
        onSend={() => save.mutate()}
        action="Save"
        look="primary"
        isReady={name !== ""}
        onCancel={onClose}
      >
        {isPublished ? (
          <p className="hint">
            It is published, so that it keeps its name: others find and import it by this {KIND_WORDS[work.kind].one}’s
            name.
          </p>
        ) : (
          <NameField kind={work.kind} value={name} onChange={rename} error={save.error} />
        )}
        <TextField label="Description" value={description} onChange={setDescription} lines={5} maxLength={4000} />
        <TextField
          label="What it is"
          value={type}
          onChange={setType}
          description="In a few words, such as: Historical atlas"
          maxLength={60}
        />
        <SelectField label="Who can see it" value={visibility} choices={VISIBILITIES} onChange={setVisibility} />
      </SendForm>
    </Dialog>
  );
}
