/** Several words, parted by commas. */

import { useState } from "react";

import { TextField } from "@/shared/ui/fields";

interface WordsInputProps {
  label: string;
  value: readonly string[] | undefined;
  onChange: (value: string[] | undefined) => void;
  hint?: string | undefined;
  fault?: string | null;
}

export function WordsInput({ label, value, onChange, hint, fault }: WordsInputProps) {
  const [typed, setTyped] = useState<{ text: string; value: readonly string[] | undefined } | null>(null);
  const text = typed && typed.value === value ? typed.text : (value?.join(", ") ?? "");
  return (
    <TextField
      label={label}
      value={text}
      description={hint ?? "Parted by commas"}
      fault={fault ?? null}
      onChange={(next) => {
        const words = next
          .split(",")
          .map((word) => word.trim())
          .filter(Boolean);
        const read = words.length > 0 ? words : undefined;
        setTyped({ text: next, value: read });
        onChange(read);
      }}
    />
  );
}
