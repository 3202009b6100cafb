/** What the address of the administrators' pages says. */

export const TABS = {
  users: "Users",
  reports: "Reports",
  site: "Site",
  budgets: "Budgets",
  events: "Events",
  requests: "Requests",
} as const;

export type Tab = keyof typeof TABS;

export interface AdminSearch {
  /** Left out: users. */
  tab?: Tab;
}

/** Reads an address; what is not understood counts as not said. */
export function readAdminSearch({ tab }: Record<string, unknown>): AdminSearch {
  const known = (Object.keys(TABS) as Tab[]).find((id) => id === tab);
  return known && known !== "users" ? { tab: known } : {};
}
