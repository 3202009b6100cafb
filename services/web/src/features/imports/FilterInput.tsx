/** Which statements of an imported map or theme are taken over. */

import { useState } from "react";

import { Checkbox, SelectField } from "@/shared/ui/fields";

export interface Filter {
  filter_only?: string[];
  filter_not?: string[];
}

/** What programs call the statements that can be told apart, and what the builder calls them. */
const STATEMENTS: Readonly<Record<string, string>> = {
  Flag: "Realms",
  River: "Rivers",
  Path: "Paths",
  Point: "Points",
  Text: "Texts",
  Admin: "Units",
  AdminRivers: "All rivers",
  Data: "Numbers",
  Dataframe: "Tables",
  TitleBox: "Titles",
  Music: "Music",
  slider: "Time slider",
  focus: "Centre",
  zoom: "Zoom",
  BaseOption: "Base maps",
  CSS: "Style rules",
  FlagColorSequence: "Colours of realms",
  AdminColorSequence: "Colours of units",
  DataColormap: "Colours of numbers",
};

const MODES = [
  { id: "all", name: "Everything" },
  { id: "filter_only", name: "Only some" },
  { id: "filter_not", name: "All but some" },
] as const;

type Mode = (typeof MODES)[number]["id"];

interface FilterInputProps {
  value: Filter;
  onChange: (value: Filter) => void;
}

export function FilterInput({ value, onChange }: FilterInputProps) {
  const said: Mode = value.filter_only ? "filter_only" : value.filter_not ? "filter_not" : "all";
  // What nothing has been chosen of yet is not in the map.
  const [wished, setWished] = useState<Mode>(said);
  const mode = said === "all" ? wished : said;
  const chosen = (mode === "all" ? undefined : value[mode]) ?? [];
  const take = (to: Mode, names: string[]) => onChange(to === "all" || names.length === 0 ? {} : { [to]: names });
  return (
    <div className="field">
      <SelectField
        label="What is taken over"
        value={mode}
        choices={MODES}
        onChange={(to) => {
          setWished(to);
          take(to, chosen);
        }}
      />
      {mode !== "all" && (
        <div className="import-filter" role="group" aria-label={mode === "filter_only" ? "Only" : "All but"}>
          {[...new Set([...Object.keys(STATEMENTS), ...chosen])].map((name) => (
            <Checkbox
              key={name}
              label={STATEMENTS[name] ?? name}
              selected={chosen.includes(name)}
              onChange={(isChosen) => {
                setWished(mode);
                take(mode, isChosen ? [...chosen, name] : chosen.filter((other) => other !== name));
              }}
            />
          ))}
        </div>
      )}
    </div>
  );
}
