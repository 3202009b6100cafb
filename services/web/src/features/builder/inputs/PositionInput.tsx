/** Places on the map: one, or a line of them. Latitude comes first, as in the library. */

import { useState } from "react";

import { DrawButton } from "@/features/preview/DrawButton";
import type { Position } from "@/features/preview/messages";
import { TextField } from "@/shared/ui/fields";

export type { Position };

interface PositionInputProps {
  label: string;
  value: Position | undefined;
  onChange: (value: Position) => void;
  fault?: string | null;
}

export function PositionInput({ label, value, onChange, fault }: PositionInputProps) {
  const [typed, setTyped] = useState<{ text: string; value: Position | undefined } | null>(null);
  const text = typed && typed.value === value ? typed.text : (value?.join(", ") ?? "");
  const wrong = readPosition(text) ? null : "Latitude and longitude are needed, such as 25.6, 85.1";
  return (
    <div className="field">
      <TextField
        label={label}
        value={text}
        description="Latitude, longitude"
        fault={wrong ?? fault ?? null}
        required
        onChange={(next) => {
          const position = readPosition(next);
          setTyped({ text: next, value: position ?? value });
          if (position) onChange(position);
        }}
      />
      <DrawButton
        label={label}
        shape="point"
        value={value ? [value] : []}
        onDone={([position]) => position && onChange(position)}
      />
    </div>
  );
}

interface PositionsInputProps {
  label: string;
  value: readonly Position[] | undefined;
  onChange: (value: Position[]) => void;
  fault?: string | null;
  shape?: "path" | "polygon";
}

const LEAST = { path: 2, polygon: 3 };

export function PositionsInput({ label, value = [], onChange, fault, shape = "path" }: PositionsInputProps) {
  const least = LEAST[shape];
  const [typed, setTyped] = useState<{ text: string; value: readonly Position[] } | null>(null);
  const text = typed?.value === value ? typed.text : value.map((place) => place.join(", ")).join("\n");
  const wrong = readPositions(text, least) ? null : `At least ${least} places are needed, one in a line: 25.6, 85.1`;
  return (
    <div className="field">
      <TextField
        label={label}
        value={text}
        lines={Math.min(10, Math.max(3, value.length + 1))}
        code
        description="One place in a line: latitude, longitude"
        fault={wrong ?? fault ?? null}
        required
        onChange={(next) => {
          const positions = readPositions(next, least);
          setTyped({ text: next, value: positions ?? value });
          if (positions) onChange(positions);
        }}
      />
      <DrawButton label={label} shape={shape} value={value} onDone={onChange} />
    </div>
  );
}

/** Reads `25.6, 85.1`; null: it is no place on Earth. */
export function readPosition(text: string): Position | null {
  const numbers = text
    .trim()
    .replace(/[−–]/g, "-")
    .split(/\s*[,;\s]\s*/)
    .map(Number);
  const [latitude, longitude] = numbers;
  if (numbers.length !== 2 || latitude === undefined || longitude === undefined) return null;
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 360 ? [latitude, longitude] : null;
}

function readPositions(text: string, least: number): Position[] | null {
  const positions = text
    .split("\n")
    .filter((line) => line.trim())
    .map(readPosition);
  return positions.length >= least && positions.every((position) => position !== null) ? positions : null;
}
