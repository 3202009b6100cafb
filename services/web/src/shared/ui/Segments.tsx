/** A few choices side by side, of which one is taken. */

import { ToggleButton, ToggleButtonGroup } from "react-aria-components";

import type { Choice } from "./fields";

interface SegmentsProps<T extends string> {
  label: string;
  value: T;
  choices: readonly Choice<T>[];
  onChange: (value: T) => void;
}

export function Segments<T extends string>({ label, value, choices, onChange }: SegmentsProps<T>) {
  return (
    <ToggleButtonGroup
      className="segments"
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => {
        const choice = choices.find(({ id }) => keys.has(id));
        if (choice) onChange(choice.id);
      }}
    >
      {choices.map(({ id, name }) => (
        <ToggleButton key={id} id={id} className="segment">
          {name}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
