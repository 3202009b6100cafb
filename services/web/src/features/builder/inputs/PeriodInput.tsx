/** A period: from one year to another; or one year. */

import { useState } from "react";

import { TextField } from "@/shared/ui/fields";
import type { Period } from "../document";
import { readYear, sayPeriod, sayYear } from "../years";

interface PeriodInputProps {
  label: string;
  value: Period | undefined;
  onChange: (value: Period | undefined) => void;
  hint?: string | undefined;
  fault?: string | null;
}

export function PeriodInput({ label, value, onChange, hint, fault }: PeriodInputProps) {
  const [typed, setTyped] = useState<{ start: string; end: string; value: Period | undefined } | null>(null);
  const shown = typed && typed.value === value ? typed : { start: text(value?.[0]), end: text(value?.[1]) };

  const change = (start: string, end: string) => {
    const years = [readYear(start), readYear(end)];
    const [from, to] = years;
    const next = from !== undefined && to !== undefined ? ([from, to] satisfies Period) : undefined;
    const isEmpty = start.trim() === "" && end.trim() === "";
    const kept = next ?? (isEmpty ? undefined : value);
    setTyped({ start, end, value: kept });
    if (kept !== value) onChange(kept);
  };

  return (
    <fieldset className="field">
      <legend className="legend">{label}</legend>
      <div className="pair">
        <TextField label="From" value={shown.start} onChange={(start) => change(start, shown.end)} />
        <TextField label="To" value={shown.end} onChange={(end) => change(shown.start, end)} />
      </div>
      <p className="description">{value ? sayPeriod(value) : (hint ?? "")}</p>
      {(fault ?? faultOf(shown.start, shown.end)) && (
        <p className="fault" role="alert">
          {fault ?? faultOf(shown.start, shown.end)}
        </p>
      )}
    </fieldset>
  );
}

interface YearInputProps {
  label: string;
  value: number | undefined;
  onChange: (value: number | undefined) => void;
}

/** One year. */
export function YearInput({ label, value, onChange }: YearInputProps) {
  const [typed, setTyped] = useState<{ text: string; value: number | undefined } | null>(null);
  const shown = typed && typed.value === value ? typed.text : text(value);
  return (
    <TextField
      label={label}
      value={shown}
      description={value === undefined ? undefined : sayYear(value)}
      fault={shown.trim() !== "" && readYear(shown) === undefined ? "This is no year" : null}
      onChange={(next) => {
        const year = next.trim() === "" ? undefined : (readYear(next) ?? value);
        setTyped({ text: next, value: year });
        if (year !== value) onChange(year);
      }}
    />
  );
}

function text(year: number | undefined): string {
  return year === undefined ? "" : `${year}`;
}

function faultOf(start: string, end: string): string | null {
  if (start.trim() === "" && end.trim() === "") return null;
  const [from, to] = [readYear(start), readYear(end)];
  if (from === undefined || to === undefined) return "Both years are needed, such as -320 or 320 BC";
  return from >= to ? "It ends before it begins" : null;
}
