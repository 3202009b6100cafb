/** The icon of a point. */

import type { ApiSchemas } from "@/shared/api/client";
import { SelectField, TextField } from "@/shared/ui/fields";
import { NumberInput } from "./NumberInput";

type Icon = ApiSchemas["AnyIcon"];
type Geometric = ApiSchemas["GeometricIcon"];
type IconType = Icon["type"];

const SHAPES = [
  "circle",
  "square",
  "triangle",
  "diamond",
  "cross",
  "plus",
  "star",
  "hexagon",
  "pentagon",
  "octagon",
] as const;

const BLANK: Record<IconType, Icon> = {
  geometric: { type: "geometric", value: "circle" },
  bootstrap: { type: "bootstrap", value: "geo-alt-fill" },
  builtin: { type: "builtin", value: "marker-icon-red.png" },
  url: { type: "url", value: "https://" },
  icon: { type: "icon", value: "icon" },
};

const VALUES: Record<Exclude<IconType, "geometric">, { label: string; description: string }> = {
  bootstrap: { label: "Name", description: "Of an icon at icons.getbootstrap.com, such as castle" },
  builtin: { label: "File", description: "Such as marker-icon-red.png" },
  url: { label: "Address of a picture", description: "https://…" },
  icon: { label: "Name in this map", description: "Of an icon above" },
};

interface IconInputProps {
  label: string;
  value: Icon | undefined;
  onChange: (value: Icon | undefined) => void;
  required: boolean;
}

export function IconInput({ label, value, onChange, required }: IconInputProps) {
  const choices: { id: IconType | "none"; name: string }[] = [
    ...(required ? [] : [{ id: "none" as const, name: "The usual marker" }]),
    { id: "geometric", name: "A shape" },
    { id: "bootstrap", name: "Bootstrap's icons" },
    { id: "builtin", name: "A marker" },
    { id: "url", name: "A picture" },
    ...(required ? [] : [{ id: "icon" as const, name: "An icon with a name" }]),
  ];
  return (
    <fieldset className="field stack">
      <legend className="legend">{label}</legend>
      <SelectField
        label="Kind"
        value={value?.type ?? "none"}
        choices={choices}
        onChange={(type) => onChange(type === "none" ? undefined : BLANK[type])}
      />
      {value?.type === "geometric" && <Shape value={value} onChange={onChange} />}
      {value && value.type !== "geometric" && (
        <TextField
          {...VALUES[value.type]}
          value={value.value}
          onChange={(text) => onChange({ ...value, value: text })}
        />
      )}
    </fieldset>
  );
}

function Shape({ value, onChange }: { value: Geometric; onChange: (value: Geometric) => void }) {
  return (
    <>
      <SelectField
        label="Shape"
        value={value.value}
        choices={SHAPES.map((shape) => ({ id: shape, name: shape }))}
        onChange={(shape) => onChange({ ...value, value: shape })}
      />
      <div className="pair">
        <label className="field">
          <span className="label">Colour</span>
          <input
            type="color"
            value={value.color ?? "#3388ff"}
            onChange={(event) => onChange({ ...value, color: event.target.value })}
          />
        </label>
        <NumberInput
          label="Size in pixels"
          whole
          value={value.size ?? 24}
          onChange={(size) => size !== undefined && onChange({ ...value, size })}
        />
      </div>
    </>
  );
}
