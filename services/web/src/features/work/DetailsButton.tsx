/** What is said of one's own map: its description, and who can see it. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Form } from "react-aria-components";

import { answer, api } from "@/shared/api/client";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { SelectField, TextField } from "@/shared/ui/fields";
import { ProblemNote } from "@/shared/ui/ProblemNote";
import { VISIBILITIES } from "./visibility";
import { pathOf, workQuery, type Work } from "./work";

export function DetailsButton({ work }: { work: Work }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button small onPress={() => setOpen(true)}>
        Details
      </Button>
      <Dialog title={work.name} isOpen={isOpen} onClose={() => setOpen(false)}>
        <Details work={work} onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function Details({ work, onDone }: { work: Work; onDone: () => void }) {
  const queries = useQueryClient();
  const [description, setDescription] = useState(work.description);
  const [type, setType] = useState(work.display_type);
  const [visibility, setVisibility] = useState(work.visibility);
  const save = useMutation({
    mutationFn: () => {
      const body = { description, display_type: type, visibility };
      return answer(api.PATCH("/hub/{kind}/{name}", { params: pathOf(work.name), body }));
    },
    onSuccess: (changed) => {
      queries.setQueryData(workQuery(work.name).queryKey, changed);
      onDone();
    },
  });
  return (
    <Form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <TextField label="Description" value={description} onChange={setDescription} lines={5} maxLength={4000} />
      <TextField label="What it is" value={type} onChange={setType} placeholder="Historical atlas" maxLength={60} />
      <SelectField label="Who can see it" value={visibility} choices={VISIBILITIES} onChange={setVisibility} />
      {save.isError && <ProblemNote error={save.error} />}
      <div className="actions">
        <Button onPress={onDone}>Cancel</Button>
        <Button type="submit" look="primary" isDisabled={save.isPending}>
          Save
        </Button>
      </div>
    </Form>
  );
}
