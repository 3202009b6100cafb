/** What is wrong with the imports of a map, and with the layers that use them. */

import { EMPTY_FAULTS, withFault, type LayerFaults } from "@/features/builder/faults";
import type { Element } from "@/features/builder/document";
import { idOf } from "@/features/builder/layer_ids";
import { importedParts, importsOf, type HubImport } from "./dependence";
import type { Found, FoundImports } from "./found";

/** Returns what is wrong by layer and field, as far as is known yet. */
export function importFaults(elements: readonly Element[], found: FoundImports): LayerFaults {
  let faults = EMPTY_FAULTS;
  const byName = new Map<string, HubImport>();
  for (const element of importsOf(elements)) {
    const { name, value } = element;
    const problem = found.get(value)?.problem;
    if (problem) faults = withFault(faults, idOf(element), "value", sayProblem(problem));
    if (name && byName.has(name)) faults = withFault(faults, idOf(element), "name", `Another import is called ${name}`);
    if (name) byName.set(name, element);
  }
  for (const element of elements) {
    for (const { library, value } of importedParts(element)) {
      const fault = faultOf(library, value, byName.get(library), found);
      if (fault) faults = withFault(faults, idOf(element), "value", fault);
    }
  }
  return faults;
}

function faultOf(alias: string, name: string, used: HubImport | undefined, found: FoundImports): string | null {
  if (!used) return `Nothing is imported as ${alias}`;
  const { work } = found.get(used.value) ?? {};
  return work && !hasName(work, name) ? `${sayVersion(work)} has no territory ${name}` : null;
}

/** Tells whether an import gives a name; of what is not a library, nothing is known to. */
export function hasName(work: NonNullable<Found["work"]>, name: string): boolean {
  return work.names?.includes(name) ?? false;
}

/** Says which version of which work it is: `ganges_realms, version 2,`. */
function sayVersion({ name, version }: NonNullable<Found["work"]>): string {
  return version === "alpha" ? `The alpha of ${name}` : `Version ${version} of ${name}`;
}

/** Says why an import leads nowhere: the service's own words for this one path. */
function sayProblem({ faults, message }: NonNullable<Found["problem"]>): string {
  return faults[0]?.message ?? message;
}
