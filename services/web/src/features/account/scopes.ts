/** What API tokens may be for. */

import type { AuthSchemas } from "@/shared/api/client";

export type Scope = AuthSchemas["Scope"];

const WORDS: Readonly<Record<Scope, string>> = {
  render: "Render maps and upload files",
  "hub:read": "Read works, your private ones too",
  "hub:write": "Save, publish and delete your works",
  admin: "Do what administrators may",
};

/** Says in words what a scope allows. */
export function sayScope(scope: Scope): string {
  return WORDS[scope];
}

/** Returns the scopes that somebody can give to a token. */
export function scopesFor({ is_admin: isAdmin }: { is_admin: boolean }): Scope[] {
  return (Object.keys(WORDS) as Scope[]).filter((scope) => scope !== "admin" || isAdmin);
}
