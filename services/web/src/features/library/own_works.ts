/** Opens the library and theme of a map that are works of their own. */

import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";

import type { Account } from "@/features/account/session";
import { keepSaved } from "@/features/editor/automatic_work";
import { workQuery, type Work } from "@/features/work/work";
import { KIND_OF } from "./beginnings";
import type { OwnSources, Role } from "./own_sources";
import { isWorkSource, workSource } from "./sources";

/** The library or theme of a map; null: it has none, or it cannot be had; undefined: that is not known yet. */
export function useOwnWork(map: Work, role: Role): Work | null | undefined {
  const name = map[role];
  const { data, isPending } = useQuery({
    ...workQuery({ kind: KIND_OF[role], name: name ?? "" }),
    enabled: name !== null,
  });
  if (name === null) return null;
  return isPending ? undefined : (data ?? null);
}

/** Has a map use a library or theme, unless it does; a work that is open stays as it is edited. */
export function attach(own: OwnSources, role: Role, work: Work | null, account: Account): void {
  const source = own.getState()[role];
  if (isWorkSource(source) ? source.name !== work?.name : work) own.set(role, work && workSource(work, account));
}

/** Does so as long as the map is open, and has it saved as it changes. */
export function useAttached(own: OwnSources, role: Role, work: Work | null | undefined, account: Account): void {
  const name = work?.name ?? null;
  useEffect(() => {
    if (work === undefined) return;
    attach(own, role, work, account);
    const source = own.getState()[role];
    return isWorkSource(source) ? keepSaved(source.bench) : undefined;
    // eslint-disable-next-line react-hooks/exhaustive-deps -- what the work says is the editor's from here on
  }, [own, role, name, account.id]);
}
