/** Which version of a work is imported: one for ever, or always the latest. */

import { SelectField } from "@/shared/ui/fields";
import type { ImportedVersion } from "./paths";

interface VersionFieldProps {
  value: ImportedVersion;
  /** The newest that is published; 0: none. */
  latest: number;
  /** Whether it can be imported as its author last saved it. */
  hasAlpha: boolean;
  onChange: (version: ImportedVersion) => void;
  fault?: string | null;
}

export function VersionField({ value, latest, hasAlpha, onChange, fault = null }: VersionFieldProps) {
  const numbers = Array.from({ length: latest }, (_, index) => latest - index);
  const versions: ImportedVersion[] = [
    ...(typeof value === "number" && value > latest ? [value] : []),
    ...numbers,
    ...(latest > 0 || value === "latest" ? (["latest"] as const) : []),
    ...(hasAlpha || value === "alpha" ? (["alpha"] as const) : []),
  ];
  return (
    <SelectField
      label="Version"
      value={`${value}`}
      choices={versions.map((version) => ({ id: `${version}`, name: nameOf(version, latest) }))}
      fault={fault}
      onChange={(id) => onChange(versions.find((version) => `${version}` === id) ?? "latest")}
    />
  );
}

function nameOf(version: ImportedVersion, latest: number): string {
  if (version === "latest") return "Always the latest, until this map is published";
  if (version === "alpha") return "As its author last saved it; for trying out";
  return version === latest ? `${version}, the latest` : `${version} of ${latest}`;
}
