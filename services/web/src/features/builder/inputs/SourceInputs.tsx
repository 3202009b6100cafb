/** Where something comes from: rivers, tables, audio. */

import { usePickingFor } from "@/features/preview/picking";
import type { ApiSchemas } from "@/shared/api/client";
import { Button } from "@/shared/ui/Button";
import { SelectField, TextField } from "@/shared/ui/fields";
import { FilePicker } from "./FilePicker";

type River = ApiSchemas["RiverLine"];
type Table = ApiSchemas["Table"];

const RIVERS = [
  { id: "naturalearth", name: "Natural Earth" },
  { id: "overpass", name: "OpenStreetMap" },
] as const;

const TABLES = [
  { id: "csv", name: "Written here" },
  { id: "file", name: "A file" },
] as const;

interface InputProps<T> {
  label: string;
  value: T;
  onChange: (value: T) => void;
  fault?: string | null;
}

export function RiverInput({ label, value, onChange, fault }: InputProps<River>) {
  const { isPicking, toggle } = usePickingFor(label, "rivers", (pick) => {
    if (pick.featureType === "river") onChange({ type: pick.source_type, value: pick.id });
  });
  return (
    <fieldset className="field">
      <legend className="legend">{label}</legend>
      <div className="pair">
        <SelectField
          label="From"
          value={value.type}
          choices={RIVERS}
          onChange={(type) => onChange({ type, value: value.value })}
        />
        <TextField
          label="Number there"
          value={value.value}
          fault={fault ?? (value.value ? null : "A number is needed")}
          onChange={(number) => onChange({ ...value, value: number })}
        />
      </div>
      <div>
        <Button small aria-pressed={isPicking} onPress={toggle}>
          {isPicking ? "Picking on the map: done" : "Pick on a map"}
        </Button>
      </div>
    </fieldset>
  );
}

export function TableInput({ label, value, onChange, fault }: InputProps<Table>) {
  return (
    <fieldset className="field stack">
      <legend className="legend">{label}</legend>
      <SelectField
        label="Where it is"
        value={value.type}
        choices={TABLES}
        onChange={(type) => onChange(type === "csv" ? { type, value: "GID,value\n" } : { type, value: "table.csv" })}
      />
      {value.type === "csv" ? (
        <TextField
          label="CSV"
          code
          lines={8}
          value={value.value}
          fault={fault ?? null}
          onChange={(text) => onChange({ type: "csv", value: text })}
        />
      ) : (
        <FilePicker
          label="File"
          accept=".csv,text/csv"
          value={value.value}
          fault={fault ?? null}
          onChange={(name) => onChange({ type: "file", value: name })}
        />
      )}
    </fieldset>
  );
}

export function AudioInput({ label, value, onChange, fault }: InputProps<string>) {
  return <FilePicker label={label} accept="audio/*" value={value} fault={fault ?? null} onChange={onChange} />;
}
