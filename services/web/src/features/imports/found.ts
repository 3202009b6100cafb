/** What the imports of a map lead to, as the services say it. */

import { queryOptions, useQueries } from "@tanstack/react-query";
import { useMemo } from "react";

import { elementsOf, type Document } from "@/features/builder/document";
import { answer, api, type ApiSchemas } from "@/shared/api/client";
import { isProblem, type Problem } from "@/shared/api/problem";
import { importsOf } from "./dependence";

export type ResolvedImport = ApiSchemas["ResolvedImportBody"];

/** One import: what it is, why it is nothing, or, both null, that this is being found out. */
export interface Found {
  readonly work: ResolvedImport | null;
  readonly problem: Problem | null;
}

/** Imports by their paths. */
export type FoundImports = ReadonlyMap<string, Found>;

export function importQuery(path: string) {
  return queryOptions({
    queryKey: ["import", path],
    queryFn: async ({ signal }) => {
      // Each is asked for by itself, so that one that leads nowhere hides nothing of the others.
      const program = `xatrahub(${JSON.stringify(path)})\n`;
      const { imports } = await answer(api.POST("/imports/resolve", { body: { program }, signal }));
      return imports[0] ?? null;
    },
  });
}

/** Finds what a map imports. */
export function useMapImports(document: Document | null): FoundImports {
  return useFoundImports(importsOf(document ? elementsOf(document) : []).map(({ value }) => value));
}

/** Finds what some paths lead to. */
function useFoundImports(paths: readonly string[]): FoundImports {
  const key = [...new Set(paths)].join(" ");
  const unique = useMemo(() => key.split(" ").filter(Boolean), [key]);
  const found = useQueries({ queries: unique.map(importQuery), combine: asFound });
  return useMemo(() => new Map(unique.map((path, index) => [path, found[index] ?? PENDING])), [unique, found]);
}

const PENDING: Found = { work: null, problem: null };

function asFound(results: readonly { data: ResolvedImport | null | undefined; error: Error | null }[]): Found[] {
  return results.map(({ data, error }) => ({ work: data ?? null, problem: isProblem(error) ? error : null }));
}
