/** Picking on a map for a field of a form. */

import { createContext, use, useCallback, useEffect, useId, useMemo, useRef, useState } from "react";

import type { NamedPart } from "@/features/builder/territory";
import type { Pick } from "./picks";

/** What a field hears of: a click on a map, or what the click meant where this page knows the names of the map. */
export type Picked = Pick | { readonly featureType: "part"; readonly part: NamedPart };

/** What a field has of what can be picked, and how it takes it: so it is seen on the map. */
export interface Marked {
  readonly op: "union" | "difference" | "intersection";
  readonly gids: readonly string[];
}

/** A field that somebody picks for. */
export interface PickingField {
  readonly id: string;
  readonly label: string;
  readonly kind: "units" | "rivers";
}

export interface Picking {
  /** Null: nobody picks. */
  readonly field: PickingField | null;
  readonly marked: readonly Marked[];
  begin: (field: PickingField) => void;
  end: () => void;
  mark: (marked: readonly Marked[]) => void;
  /** Has a field hear of picks, until the function that is returned is called. */
  listen: (hear: (pick: Picked) => void) => () => void;
  /** Tells the field of a pick. */
  tell: (pick: Picked) => void;
}

const nothing = () => undefined;

export const PickingContext = createContext<Picking>({
  field: null,
  marked: [],
  begin: nothing,
  end: nothing,
  mark: nothing,
  listen: () => nothing,
  tell: nothing,
});

export function usePicking(): Picking {
  const [field, setField] = useState<Picking["field"]>(null);
  const [marked, mark] = useState<readonly Marked[]>([]);
  const listeners = useRef(new Set<(pick: Picked) => void>());
  const end = useCallback(() => {
    setField(null);
    mark([]);
  }, []);
  const listen = useCallback((hear: (pick: Picked) => void) => {
    const { current } = listeners;
    current.add(hear);
    return () => current.delete(hear);
  }, []);
  const tell = useCallback((pick: Picked) => {
    for (const hear of listeners.current) hear(pick);
  }, []);
  return useMemo(
    () => ({ field, marked, begin: setField, end, mark, listen, tell }),
    [field, marked, end, listen, tell],
  );
}

/** Lets a field be picked for, as long as it is there. */
export function usePickingFor(label: string, kind: PickingField["kind"], hear: (pick: Picked) => void) {
  const id = useId();
  const { field, begin, end, listen } = use(PickingContext);
  const isPicking = field?.id === id;
  useEffect(() => {
    if (isPicking) return listen(hear);
  }, [isPicking, listen, hear]);
  useEffect(() => (isPicking ? end : undefined), [isPicking, end]);
  return { isPicking, toggle: () => (isPicking ? end() : begin({ id, label, kind })) };
}
