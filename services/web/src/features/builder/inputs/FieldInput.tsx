/** Edits one field of a layer in the way that its kind asks for. */

import type { ApiSchemas } from "@/shared/api/client";
import { Checkbox, SelectField, TextField } from "@/shared/ui/fields";
import type { Part, Period } from "../document";
import type { Field } from "../fields";
import { ColormapInput, ColoursInput, NormInput } from "./ColourInputs";
import { IconInput } from "./IconInput";
import { NumberInput } from "./NumberInput";
import { PeriodInput, YearInput } from "./PeriodInput";
import { PositionInput, PositionsInput, type Position } from "./PositionInput";
import { AudioInput, RiverInput, TableInput } from "./SourceInputs";
import { TerritoryInput } from "./TerritoryInput";
import { UnitInput, UnitsInput } from "./UnitInput";
import { WordsInput } from "./WordsInput";

interface FieldInputProps {
  field: Field;
  /** As the document has it; the services have checked its form. */
  value: unknown;
  /** Takes the new value; undefined: what the library has by itself. */
  onChange: (value: unknown) => void;
  /** What the services found wrong with it. */
  fault: string | null;
}

export function FieldInput({ field, value, onChange, fault }: FieldInputProps) {
  const { label, hint, required = false } = field;
  const text = (value as string | undefined) ?? "";
  const takeText = (next: string) => onChange(next === "" && !required && field.at !== "label" ? undefined : next);

  switch (field.kind) {
    case "text":
      return (
        <TextField
          label={label}
          description={hint}
          fault={fault}
          required={required}
          placeholder={field.usual?.toString() ?? ""}
          value={text}
          onChange={takeText}
        />
      );
    case "lines":
      return <TextField label={label} description={hint} fault={fault} lines={2} value={text} onChange={takeText} />;
    case "code":
      return (
        <TextField label={label} description={hint} fault={fault} code lines={8} value={text} onChange={takeText} />
      );
    case "number":
    case "whole":
      return (
        <NumberInput
          label={label}
          required={required}
          whole={field.kind === "whole"}
          fault={fault}
          {...(hint !== undefined && { description: hint })}
          placeholder={field.usual?.toString() ?? ""}
          value={value as number | undefined}
          onChange={onChange}
        />
      );
    case "check":
      return (
        <Checkbox label={label} selected={value === true} onChange={(selected) => onChange(selected || undefined)} />
      );
    case "choice":
      return (
        <SelectField
          label={label}
          fault={fault}
          value={text || "none"}
          choices={[
            { id: "none", name: "—" },
            ...Object.entries(field.choices ?? {}).map(([id, name]) => ({ id, name })),
          ]}
          onChange={(choice) => onChange(choice === "none" ? undefined : choice)}
        />
      );
    case "period":
      return (
        <PeriodInput label={label} hint={hint} fault={fault} value={value as Period | undefined} onChange={onChange} />
      );
    case "years":
      return <YearInput label={label} value={value as number | undefined} onChange={onChange} />;
    case "seconds":
      return (
        <WordsInput
          label={label}
          hint="From, to: such as 0, 45"
          fault={fault}
          value={(value as number[] | undefined)?.map(String)}
          onChange={(words) => {
            const seconds = words?.map(Number).filter(Number.isFinite);
            if (!words || seconds?.length === 2) onChange(seconds);
          }}
        />
      );
    case "territory":
      return (
        <TerritoryInput
          label={label}
          fault={fault}
          value={(value as Part[] | undefined) ?? []}
          onChange={(parts) => onChange(parts.length > 0 || required ? parts : undefined)}
        />
      );
    case "position":
      return <PositionInput label={label} fault={fault} value={value as Position | undefined} onChange={onChange} />;
    case "positions":
      return <PositionsInput label={label} fault={fault} value={value as Position[] | undefined} onChange={onChange} />;
    case "unit":
      return <UnitInput label={label} fault={fault} value={text} onChange={onChange} />;
    case "units":
      return <UnitsInput label={label} hint={hint} value={value as string[] | undefined} onChange={onChange} />;
    case "words":
      return (
        <WordsInput label={label} hint={hint} fault={fault} value={value as string[] | undefined} onChange={onChange} />
      );
    case "river":
      return <RiverInput label={label} fault={fault} value={value as ApiSchemas["RiverLine"]} onChange={onChange} />;
    case "table":
      return <TableInput label={label} fault={fault} value={value as ApiSchemas["Table"]} onChange={onChange} />;
    case "audio":
      return <AudioInput label={label} fault={fault} value={text} onChange={onChange} />;
    case "icon":
      return (
        <IconInput
          label={label}
          required={required}
          value={value as ApiSchemas["AnyIcon"] | undefined}
          onChange={onChange}
        />
      );
    case "colours":
      return <ColoursInput label={label} value={value as ApiSchemas["Colours"]} onChange={onChange} />;
    case "colormap":
      return <ColormapInput label={label} value={value as ApiSchemas["Colormap"] | undefined} onChange={onChange} />;
    case "norm":
      return <NormInput label={label} value={value as ApiSchemas["LogNorm"] | undefined} onChange={onChange} />;
    case "imports":
      return <ImportedNames label={label} names={value as ApiSchemas["ImportedName"][]} />;
  }
}

/** What a Python import brings; it is changed in the program. */
function ImportedNames({ label, names }: { label: string; names: readonly ApiSchemas["ImportedName"][] }) {
  const texts = names.map(({ name, alias }) => (alias ? `${name} as ${alias}` : name));
  return <TextField label={label} readOnly value={texts.join(", ")} onChange={() => undefined} />;
}
