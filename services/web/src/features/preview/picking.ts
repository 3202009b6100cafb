/** Picking on a map for a field of a form. */

import { createContext } from "react";

import type { Pick } from "./picks";

export interface Picking {
  /** The field that somebody picks for; null: none. */
  readonly field: { readonly id: string; readonly label: string } | null;
  begin: (field: { id: string; label: string }) => void;
  end: () => void;
  /** Has a field hear of picks, until the function that is returned is called. */
  listen: (hear: (pick: Pick) => void) => () => void;
  /** Tells the field of a pick. */
  tell: (pick: Pick) => void;
}

const nothing = () => undefined;

export const PickingContext = createContext<Picking>({
  field: null,
  begin: nothing,
  end: nothing,
  listen: () => nothing,
  tell: nothing,
});
