/** Colours: sequences of them that layers take, and colour maps for numbers. */

import type { ApiSchemas } from "@/shared/api/client";
import { Button } from "@/shared/ui/Button";
import { Checkbox, SelectField, TextField } from "@/shared/ui/fields";
import { WordsInput } from "./WordsInput";

type Colour = ApiSchemas["Colour"];
type Colours = ApiSchemas["Colours"];
type Colormap = ApiSchemas["Colormap"];
type Norm = ApiSchemas["LogNorm"];

const SEQUENCES = [
  { id: "rotating", name: "These, again and again" },
  { id: "random", name: "These, then random ones" },
  { id: "linear", name: "Each a step from the one before" },
  { id: "log", name: "Each half a step from the one before" },
] as const;

const STEPS = ["hue", "saturation", "lightness"] as const;

interface ColoursInputProps {
  label: string;
  value: Colours;
  onChange: (value: Colours) => void;
}

export function ColoursInput({ label, value, onChange }: ColoursInputProps) {
  const colors = value.colors ?? [];
  const isStepped = value.type === "linear" || value.type === "log";
  return (
    <fieldset className="field stack">
      <legend className="legend">{label}</legend>
      <SelectField
        label="Order"
        value={value.type}
        choices={SEQUENCES}
        onChange={(type) => onChange({ type, colors })}
      />
      <ul className="row">
        {colors.map((colour, index) => (
          <li key={index} className="row">
            <ColourInput
              label={`Colour ${index + 1}`}
              value={colour}
              onChange={(next) => onChange({ ...value, colors: colors.with(index, next) })}
            />
            <Button
              small
              look="quiet"
              aria-label={`Remove colour ${index + 1}`}
              onPress={() => onChange({ ...value, colors: colors.toSpliced(index, 1) })}
            >
              ×
            </Button>
          </li>
        ))}
        <li>
          <Button small onPress={() => onChange({ ...value, colors: [...colors, { type: "hex", value: "#8b2f2f" }] })}>
            Add a colour
          </Button>
        </li>
      </ul>
      {isStepped && (
        <WordsInput
          label={`Step: ${STEPS.join(", ")}`}
          value={value.step?.map(String)}
          hint="Three numbers, such as 1.6, 0, 0"
          onChange={(words) => {
            const step = words?.map(Number) ?? [];
            const isWhole = step.length === STEPS.length && step.every(Number.isFinite);
            onChange({ type: value.type, colors, ...(isWhole && { step }) });
          }}
        />
      )}
    </fieldset>
  );
}

function ColourInput({ label, value, onChange }: { label: string; value: Colour; onChange: (value: Colour) => void }) {
  if (value.type === "hex" && /^#[0-9a-f]{6}$/i.test(value.value)) {
    return (
      <input
        type="color"
        aria-label={label}
        value={value.value}
        onChange={(event) => onChange({ type: "hex", value: event.target.value })}
      />
    );
  }
  const text = Array.isArray(value.value) ? value.value.join(", ") : value.value;
  return (
    <code>
      {value.type} {text}
    </code>
  );
}

interface ColormapInputProps {
  label: string;
  value: Colormap | undefined;
  onChange: (value: Colormap | undefined) => void;
}

export function ColormapInput({ label, value, onChange }: ColormapInputProps) {
  if (value?.type === "colors") {
    return (
      <WordsInput
        label={label}
        value={value.value}
        hint="Two or more colours, parted by commas"
        onChange={(words) => words && words.length > 1 && onChange({ ...value, value: words })}
      />
    );
  }
  return (
    <TextField
      label={label}
      value={value?.value ?? ""}
      description="A colour map of matplotlib: viridis, magma, YlOrRd …"
      onChange={(name) => onChange(name ? { type: "named", value: name } : undefined)}
    />
  );
}

interface NormInputProps {
  label: string;
  value: Norm | undefined;
  onChange: (value: Norm | undefined) => void;
}

export function NormInput({ label, value, onChange }: NormInputProps) {
  return (
    <Checkbox
      label={label}
      selected={value !== undefined}
      onChange={(selected) => onChange(selected ? { type: "log" } : undefined)}
    />
  );
}
