/** Administrative units: one, found by id or name, or several. */

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { Button } from "@/shared/ui/Button";
import { describeUnit, unitQuery, unitsQuery } from "./geography";
import { SearchBox } from "./SearchBox";

interface UnitInputProps {
  label: string;
  value: string | undefined;
  onChange: (value: string) => void;
  fault?: string | null;
}

export function UnitInput({ label, value, onChange, fault }: UnitInputProps) {
  const [text, setText] = useState<string | null>(null);
  const { data: unit } = useQuery({ ...unitQuery(value ?? ""), enabled: Boolean(value) });
  const missing = unit === null && text === null ? "The map data have no such unit" : null;
  return (
    <UnitSearch
      label={label}
      text={text ?? value ?? ""}
      onText={setText}
      onChoose={(id) => {
        setText(null);
        onChange(id);
      }}
      onBlur={() => {
        if (text?.trim()) onChange(text.trim());
        setText(null);
      }}
      description={unit ? `${unit.name} · ${describeUnit(unit)}` : undefined}
      fault={fault ?? missing}
    />
  );
}

interface UnitSearchProps {
  label: string;
  text: string;
  onText: (text: string) => void;
  onChoose: (id: string) => void;
  onBlur?: () => void;
  description?: string | undefined;
  fault?: string | null;
}

function UnitSearch({ text, ...props }: UnitSearchProps) {
  const { data: units = [], isFetching } = useQuery(unitsQuery(text.trim()));
  const proposals = units.map((unit) => ({
    id: unit.id,
    name: unit.name,
    about: `${describeUnit(unit)} · ${unit.id}`,
  }));
  return (
    <SearchBox
      {...props}
      text={text}
      proposals={proposals}
      empty={isFetching ? "Searching …" : "Nothing is called so"}
    />
  );
}

interface UnitsInputProps {
  label: string;
  value: readonly string[] | undefined;
  onChange: (value: string[] | undefined) => void;
  hint?: string | undefined;
}

export function UnitsInput({ label, value = [], onChange, hint }: UnitsInputProps) {
  const [text, setText] = useState("");
  const change = (ids: string[]) => onChange(ids.length > 0 ? ids : undefined);
  return (
    <div className="field">
      <UnitSearch
        label={label}
        text={text}
        onText={setText}
        description={hint}
        onChoose={(id) => {
          setText("");
          if (!value.includes(id)) change([...value, id]);
        }}
      />
      <ul className="row">
        {value.map((id) => (
          <li key={id}>
            <Button small aria-label={`Remove ${id}`} onPress={() => change(value.filter((other) => other !== id))}>
              {id} <span aria-hidden="true">×</span>
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
