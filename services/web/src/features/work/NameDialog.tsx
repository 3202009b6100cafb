/** Asks for the name of a new map. */

import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Form } from "react-aria-components";

import { answer, api } from "@/shared/api/client";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { SelectField, TextField } from "@/shared/ui/fields";
import { ProblemNote } from "@/shared/ui/ProblemNote";
import { VISIBILITIES, type Visibility } from "./visibility";

interface NameDialogProps {
  title: string;
  /** What the name should be like. */
  base: string;
  isOpen: boolean;
  onClose: () => void;
  /** Makes the map; may throw a problem, which is shown. */
  onName: (name: string, visibility: Visibility) => Promise<void>;
}

export function NameDialog({ title, base, isOpen, onClose, onName }: NameDialogProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const [visibility, setVisibility] = useState<Visibility>("public");
  const suggestion = useQuery({
    queryKey: ["suggestion", base],
    queryFn: () =>
      answer(api.GET("/hub/names/{kind}/suggestion", { params: { path: { kind: "map" }, query: { base } } })),
    enabled: isOpen,
    gcTime: 0,
  });
  const name = typed ?? suggestion.data?.name ?? "";
  const make = useMutation({ mutationFn: () => onName(name, visibility) });
  return (
    <Dialog title={title} isOpen={isOpen} onClose={onClose}>
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate();
        }}
      >
        <TextField
          label="Name"
          value={name}
          onChange={(text) => setTyped(text.toLowerCase().replace(/[\s-]+/g, "_"))}
          description="Small letters, digits, _ and . ; it is a part of the map's address"
          maxLength={64}
          autoFocus
          required
        />
        <SelectField label="Who can see it" value={visibility} choices={VISIBILITIES} onChange={setVisibility} />
        {make.isError && <ProblemNote error={make.error} />}
        <div className="actions">
          <Button onPress={onClose}>Cancel</Button>
          <Button type="submit" look="primary" isDisabled={!name || make.isPending}>
            Save
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
