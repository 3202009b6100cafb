/** What administrators can do about one user. */

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { useAccount } from "@/features/account/session";
import { answer, api, auth, type AuthSchemas } from "@/shared/api/client";
import { Button } from "@/shared/ui/Button";
import { CopyField } from "@/shared/ui/CopyField";
import { Checkbox } from "@/shared/ui/fields";
import { ProblemNote } from "@/shared/ui/ProblemNote";
import { sayTime } from "@/shared/ui/time";
import { BudgetForm } from "./BudgetForm";
import { BUDGETS_KEY, USERS_KEY } from "./keys";

type User = AuthSchemas["ManagedAccount"];

export function ManagedUser({ user }: { user: User }) {
  const queries = useQueryClient();
  const isOneself = useAccount()?.id === user.id;
  const params = { path: { username: user.username } };
  const refresh = { onSuccess: () => queries.invalidateQueries({ queryKey: USERS_KEY }) };
  const change = useMutation({
    mutationFn: (body: AuthSchemas["AccountChange"]) =>
      answer(auth.PATCH("/auth/admin/users/{username}", { params, body })),
    ...refresh,
  });
  const signOut = useMutation({
    mutationFn: () => answer(auth.DELETE("/auth/admin/users/{username}/sessions", { params })),
  });
  const link = useMutation({
    mutationFn: () => answer(auth.POST("/auth/admin/users/{username}/reset-link", { params })),
  });
  const problem = change.error ?? signOut.error ?? link.error;
  return (
    <div className="stack">
      <fieldset disabled={change.isPending}>
        <legend className="legend">This user</legend>
        <Checkbox
          label="is trusted: larger limits for renders"
          selected={user.is_trusted}
          onChange={(is_trusted) => change.mutate({ is_trusted })}
        />
        <Checkbox
          label="is an administrator"
          selected={user.is_admin}
          isDisabled={isOneself}
          onChange={(is_admin) => change.mutate({ is_admin })}
        />
        <Checkbox
          label="is disabled: cannot come in, and has no profile"
          selected={user.is_disabled}
          isDisabled={isOneself}
          onChange={(is_disabled) => change.mutate({ is_disabled })}
        />
        {isOneself && <p className="hint">This is you: somebody else has to take your rights from you.</p>}
      </fieldset>
      {problem && <ProblemNote error={problem} />}
      <div className="row">
        <Button isDisabled={link.isPending} onPress={() => link.mutate()}>
          Make a link to a new password
        </Button>
        <Button isDisabled={signOut.isPending} onPress={() => signOut.mutate()}>
          Sign out everywhere
        </Button>
        <span role="status" className="hint">
          {signOut.isSuccess && "Signed out"}
        </span>
      </div>
      {link.isSuccess && <ResetLink link={link.data} />}
      <UserBudget username={user.username} />
    </div>
  );
}

function ResetLink({ link }: { link: AuthSchemas["ResetLink"] }) {
  return (
    <div className="note">
      <CopyField label="Link to a new password" value={link.url} />
      <p className="hint">
        It works once, until {sayTime(link.expires_at)}, and is not shown again.{" "}
        {link.mailed_to ? `It was mailed to ${link.mailed_to}.` : "Hand it over in a way that you trust."}
      </p>
    </div>
  );
}

function UserBudget({ username }: { username: string }) {
  const queries = useQueryClient();
  const params = { path: { username } };
  const queryKey = [...BUDGETS_KEY, username];
  const budget = useQuery({
    queryKey,
    queryFn: () => answer(api.GET("/admin/render-budgets/{username}", { params })),
  });
  if (!budget.data) return budget.isError ? <ProblemNote error={budget.error} /> : null;
  return (
    <BudgetForm
      fields={[
        {
          id: "monthly_seconds",
          label: `Seconds of rendering a month; ${Math.round(budget.data.spent_seconds)} are spent`,
          value: budget.data.monthly_seconds,
        },
      ]}
      empty="Empty: as all users of this kind"
      onSave={async ({ monthly_seconds = null }) => {
        const body = { monthly_seconds };
        queries.setQueryData(queryKey, await answer(api.PUT("/admin/render-budgets/{username}", { params, body })));
      }}
    />
  );
}
