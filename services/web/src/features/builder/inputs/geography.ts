/** Administrative units of the map data, as the services know them. */

import { queryOptions, keepPreviousData } from "@tanstack/react-query";

import { answer, api, type ApiSchemas } from "@/shared/api/client";
import { isProblem } from "@/shared/api/problem";

export type Unit = ApiSchemas["UnitBody"];

/** Finds units by id and name. */
export function unitsQuery(text: string) {
  return queryOptions({
    queryKey: ["units", text],
    queryFn: async ({ signal }) => {
      const { units } = await answer(
        api.GET("/geography/units", { params: { query: { q: text, limit: 20 } }, signal }),
      );
      return units;
    },
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });
}

/** One unit; null where the map data have none of this id. */
export function unitQuery(id: string) {
  return queryOptions({
    queryKey: ["unit", id],
    queryFn: async ({ signal }) => {
      try {
        return await answer(api.GET("/geography/units/{unit_id}", { params: { path: { unit_id: id } }, signal }));
      } catch (error) {
        if (isProblem(error, "unit-not-found")) return null;
        throw error;
      }
    },
    staleTime: Infinity,
  });
}

/** Says what and where a unit is: `State · India`. */
export function describeUnit(unit: Unit): string {
  return [unit.type, unit.within.toReversed().join(", ")].filter(Boolean).join(" · ");
}
