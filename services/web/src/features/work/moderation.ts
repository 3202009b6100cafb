/** What administrators do about a work: hide and feature it, and back. */

import { useMutation, useQueryClient } from "@tanstack/react-query";

import { answer, api } from "@/shared/api/client";
import type { WorkId } from "./kinds";
import { paramsOf, workQuery } from "./work";

export const REPORTS_KEY = ["admin", "reports"];

/** Returns what hides a work for a reason, null: shows it again; and what features it, or no longer. */
export function useModeration(work: WorkId) {
  const queries = useQueryClient();
  const params = paramsOf(work);
  const onSuccess = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: workQuery(work).queryKey }),
      queries.invalidateQueries({ queryKey: REPORTS_KEY }),
    ]);
  const hide = useMutation({
    mutationFn: (reason: string | null) =>
      answer(api.PUT("/admin/works/{kind}/{name}/hidden", { params, body: { reason } })),
    onSuccess,
  });
  const feature = useMutation({
    mutationFn: (featured: boolean) =>
      answer(api.PUT("/admin/works/{kind}/{name}/featured", { params, body: { featured } })),
    onSuccess,
  });
  return { hide, feature };
}
