/** A number, typed. While what is typed is no number, the former value stays. */

import { useState } from "react";

import { TextField } from "@/shared/ui/fields";

interface NumberInputProps {
  label: string;
  value: number | undefined;
  onChange: (value: number | undefined) => void;
  whole?: boolean;
  required?: boolean;
  description?: string;
  placeholder?: string;
  fault?: string | null;
}

export function NumberInput({ value, onChange, whole = false, required = false, fault, ...props }: NumberInputProps) {
  const [typed, setTyped] = useState<{ text: string; value: number | undefined } | null>(null);
  // What was typed counts until the value changes in another way.
  const text = typed && typed.value === value ? typed.text : (value?.toString() ?? "");
  const wrong = faultOf(text, whole, required);
  return (
    <TextField
      {...props}
      required={required}
      value={text}
      fault={wrong ?? fault ?? null}
      onChange={(next) => {
        const number = faultOf(next, whole, required) === null ? read(next) : value;
        setTyped({ text: next, value: number });
        if (number !== value) onChange(number);
      }}
    />
  );
}

/** Reads a number as people type it, with any minus sign. */
function read(text: string): number | undefined {
  const plain = text.trim().replace(/[−–]/, "-");
  return plain === "" ? undefined : Number(plain);
}

function faultOf(text: string, whole: boolean, required: boolean): string | null {
  const number = read(text);
  if (number === undefined) return required ? "A number is needed" : null;
  if (!Number.isFinite(number)) return "This is no number";
  return whole && !Number.isInteger(number) ? "This is no whole number" : null;
}
