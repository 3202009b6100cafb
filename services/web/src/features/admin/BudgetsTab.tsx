/** How much everybody may render in a month. */

import { useQuery, useQueryClient } from "@tanstack/react-query";

import { answer, api } from "@/shared/api/client";
import { ProblemNote } from "@/shared/ui/ProblemNote";
import { Section } from "@/shared/ui/Section";
import { Waiting } from "@/shared/ui/Waiting";
import { BudgetForm } from "./BudgetForm";
import { BUDGETS_KEY } from "./keys";

export function BudgetsTab() {
  const queries = useQueryClient();
  const budgets = useQuery({ queryKey: BUDGETS_KEY, queryFn: () => answer(api.GET("/admin/render-budgets")) });
  if (budgets.isPending) return <Waiting />;
  if (budgets.isError) return <ProblemNote error={budgets.error} onRetry={() => void budgets.refetch()} />;
  const { user_seconds: user = null, trusted_seconds: trusted = null } = budgets.data;
  return (
    <Section
      title="Monthly budgets"
      hint="How many seconds the renders of one user may run in a month. One user’s own budget is set on the tab of users."
    >
      <BudgetForm
        fields={[
          { id: "user_seconds", label: "Users", value: user },
          { id: "trusted_seconds", label: "Trusted users", value: trusted },
        ]}
        empty="Empty: as much as they like"
        onSave={async ({ user_seconds = null, trusted_seconds = null }) => {
          const body = { user_seconds, trusted_seconds };
          queries.setQueryData(BUDGETS_KEY, await answer(api.PUT("/admin/render-budgets", { body })));
        }}
      />
    </Section>
  );
}
