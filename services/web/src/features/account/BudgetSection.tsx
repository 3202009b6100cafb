/** How much somebody may render in a month, where that is bounded. */

import { useQuery } from "@tanstack/react-query";

import { answer, api } from "@/shared/api/client";
import { Section } from "@/shared/ui/Section";
import { sayDay } from "@/shared/ui/time";

export function BudgetSection() {
  const { data: budget } = useQuery({
    queryKey: ["render-budget"],
    queryFn: () => answer(api.GET("/me/render-budget")),
  });
  if (budget?.monthly_seconds == null) return null;
  const { monthly_seconds: all, spent_seconds: spent, renews_at: renews } = budget;
  return (
    <Section title="Rendering this month">
      <label className="stack">
        <span>
          {Math.round(spent)} of {all} seconds are spent. On {sayDay(renews)} you have all of them again.
        </span>
        <progress value={Math.min(spent, all)} max={Math.max(all, 1)} />
      </label>
    </Section>
  );
}
