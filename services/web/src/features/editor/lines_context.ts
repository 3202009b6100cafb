/** The lines of the program that is open, for what has something to say of them. */

import { createContext } from "react";

import type { Fault } from "@/shared/api/problem";

export interface ProgramLines {
  /** Leads to a line. */
  show: (line: number) => void;
  /** Marks what a service has said of the program as it is now; a change of the program ends that. */
  mark: (faults: readonly Fault[]) => void;
}

export const LinesContext = createContext<ProgramLines | null>(null);
