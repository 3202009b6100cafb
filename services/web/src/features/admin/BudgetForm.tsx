/** Seconds of rendering, as many as somebody may have in a month. */

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { TextField } from "@/shared/ui/fields";
import { SendForm } from "@/shared/ui/SendForm";
import { readSeconds } from "./seconds";

type Seconds = Record<string, number | null>;

interface BudgetFormProps {
  fields: readonly { id: string; label: string; value: number | null }[];
  /** What an empty field means. */
  empty: string;
  onSave: (seconds: Seconds) => Promise<void>;
}

export function BudgetForm({ fields, empty, onSave }: BudgetFormProps) {
  const [typed, setTyped] = useState(() => Object.fromEntries(fields.map(({ id, value }) => [id, `${value ?? ""}`])));
  const read = fields.map(({ id }) => [id, readSeconds(typed[id] ?? "")] as const);
  const isReady = read.every(([, seconds]) => seconds !== undefined);
  const save = useMutation({ mutationFn: () => onSave(Object.fromEntries(read) as Seconds) });
  return (
    <SendForm state={save} onSend={() => save.mutate()} action="Save the budget" done="Saved" isReady={isReady}>
      {fields.map(({ id, label }) => (
        <TextField
          key={id}
          label={label}
          value={typed[id] ?? ""}
          onChange={(text) => setTyped({ ...typed, [id]: text })}
          description={empty}
          fault={readSeconds(typed[id] ?? "") === undefined ? "A whole number of seconds, such as 3600" : null}
        />
      ))}
    </SendForm>
  );
}
