/** Maps that show the territories of a library, each with its name. */

import type { Render } from "@/features/preview/render";
import { renderService } from "@/features/preview/render_service";
import { answer, api } from "@/shared/api/client";

/** How many territories one map shows. */
export const MAX_SHOWN = 60;

/** Which territories, and where they are from: a library of the hub, a source, or xatra's own library (neither). */
export interface WantedTerritories {
  readonly names: readonly string[];
  readonly path?: string;
  readonly source?: string;
}

const IDENTIFIER = /^[A-Za-z][A-Za-z0-9_]{0,99}$/;

/** Returns the names that are shown where somebody looks for some: so many as one map can take. */
export function shownNames(names: readonly string[], wanted: string): string[] {
  const beginning = wanted.trim().toLowerCase();
  const fitting = names.filter((name) => IDENTIFIER.test(name) && name.toLowerCase().startsWith(beginning));
  return fitting.slice(0, MAX_SHOWN);
}

export function askForTerritories({ names, path, source }: WantedTerritories): Promise<Render> {
  if (source !== undefined) return renderService.ask({ program: programOf(names), library: source });
  const body = { territories: [...names], ...(path !== undefined && { library: path }) };
  return answer(api.POST("/geography/territory-maps", { body }));
}

/** Writes a map of territories that the source before it has named. */
export function programOf(names: readonly string[]): string {
  return ["import xatra", "", ...names.map((name) => `xatra.Flag("${name}", ${name})`), ""].join("\n");
}
