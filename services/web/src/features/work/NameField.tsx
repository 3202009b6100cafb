/** The name of a new work; where it is taken, one that is free is proposed. */

import { useQuery } from "@tanstack/react-query";

import { isProblem } from "@/shared/api/problem";
import { Button } from "@/shared/ui/Button";
import { TextField } from "@/shared/ui/fields";
import { KIND_WORDS, type Kind } from "./kinds";
import { suggestionQuery, workName } from "./names";

const REFUSED = ["name-taken", "name-not-allowed"];

interface NameFieldProps {
  kind: Kind;
  value: string;
  onChange: (name: string) => void;
  /** What came of the last try. */
  error: unknown;
}

export function NameField({ kind, value, onChange, error }: NameFieldProps) {
  const isRefused = isProblem(error, ...REFUSED);
  const free = useQuery({ ...suggestionQuery(kind, value), enabled: isRefused && value !== "" }).data?.name;
  return (
    <div className="stack">
      <TextField
        label="Name"
        value={value}
        onChange={(text) => onChange(workName(text))}
        description={`Small letters, digits, _ and . ; it is part of the ${KIND_WORDS[kind].one}’s address`}
        maxLength={64}
        autoFocus
        required
      />
      {isRefused && free && free !== value && (
        <div className="row">
          <span className="hint">This one is free:</span>
          <Button small onPress={() => onChange(free)}>
            {free}
          </Button>
        </div>
      )}
    </div>
  );
}
