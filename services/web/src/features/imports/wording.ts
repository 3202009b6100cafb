/** The words for imports. */

import { KIND_WORDS } from "@/features/work/kinds";
import type { HubImport } from "./dependence";
import type { Found, ResolvedImport } from "./found";
import { readPath } from "./paths";

/** Says what an import is: `library ganges_realms, 2 of 3 – newer is there`. One without a name is called as the work. */
export function describeImport({ name, value }: HubImport, found: Found | undefined): string {
  const work = found?.work ?? readPath(value);
  if (!work) return found?.problem ? `${value}: not found` : value;
  const { one } = KIND_WORDS[work.kind];
  const what = name ? `${one} ${work.name}` : one;
  if (found?.work) return `${what}, ${sayVersion(found.work, value)}`;
  return found?.problem ? `${what}: not found` : what;
}

function sayVersion({ version, latest_version: latest }: ResolvedImport, path: string): string {
  if (version === "alpha") return "as its author last saved it";
  if (readPath(path)?.version === "latest") return `always the latest, now ${version}`;
  return isOutdated({ version, latest_version: latest })
    ? `${version} of ${latest} – newer is there`
    : `version ${version}`;
}

/** Tells whether a newer version is published than the one that is imported. */
export function isOutdated({ version, latest_version: latest }: Pick<ResolvedImport, "version" | "latest_version">) {
  return version !== "alpha" && version < latest;
}
