/** What is wrong at which lines of a program, with the way there. */

import type { Fault } from "../api/problem";
import { Button } from "./Button";

interface FaultListProps {
  faults: readonly Fault[];
  /** Leads to a line of the program; left out where the program is not at hand. */
  onLine?: ((line: number) => void) | undefined;
}

/** Tells whether lines are known of what is wrong. */
export function hasPlaces(faults: readonly Fault[]): boolean {
  return faults.some((fault) => fault.line != null);
}

export function FaultList({ faults, onLine }: FaultListProps) {
  if (!hasPlaces(faults)) return null;
  const placed = faults.filter((fault) => fault.line != null);
  return (
    <ul>
      {placed.map(({ line, message }, index) => (
        <li key={index}>
          {onLine ? (
            <Button look="link" onPress={() => onLine(line ?? 1)}>
              line {line}
            </Button>
          ) : (
            `line ${line}`
          )}
          : {message}
        </li>
      ))}
    </ul>
  );
}
