/** Another password; it signs all other browsers out. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Form } from "react-aria-components";

import { answer, auth } from "@/shared/api/client";
import { Button } from "@/shared/ui/Button";
import { TextField } from "@/shared/ui/fields";
import { ProblemNote } from "@/shared/ui/ProblemNote";
import { sessionQuery, type Account } from "./session";

export function PasswordSection({ account }: { account: Account }) {
  const queries = useQueryClient();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const change = useMutation({
    mutationFn: async () => {
      const body = { new_password: next, ...(account.has_password && { current_password: current }) };
      await answer(auth.PUT("/auth/me/password", { body }));
    },
    onSuccess: async () => {
      setCurrent("");
      setNext("");
      await queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
    },
  });
  return (
    <section className="card account-section">
      <h2>Password</h2>
      <p className="hint">All other browsers are signed out when it changes.</p>
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate();
        }}
      >
        {/* Tells password managers whose password it is. */}
        <input hidden readOnly autoComplete="username" value={account.username} />
        {account.has_password && (
          <TextField
            label="Present password"
            type="password"
            autoComplete="current-password"
            value={current}
            onChange={setCurrent}
            required
          />
        )}
        <TextField
          label="New password"
          type="password"
          autoComplete="new-password"
          value={next}
          onChange={setNext}
          required
        />
        {change.isError && <ProblemNote error={change.error} />}
        <div className="row">
          <Button type="submit" isDisabled={change.isPending || !next}>
            Change the password
          </Button>
          <span role="status" className="hint">
            {change.isSuccess && "Changed"}
          </span>
        </div>
      </Form>
    </section>
  );
}
