/** What somebody tells of themselves. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Form } from "react-aria-components";

import { answer, auth } from "@/shared/api/client";
import { Button } from "@/shared/ui/Button";
import { TextField } from "@/shared/ui/fields";
import { ProblemNote } from "@/shared/ui/ProblemNote";
import { sessionQuery, type Account } from "./session";

export function ProfileSection({ account }: { account: Account }) {
  const queries = useQueryClient();
  const [name, setName] = useState(account.full_name);
  const [bio, setBio] = useState(account.bio);
  const save = useMutation({
    mutationFn: () => answer(auth.PUT("/auth/me/profile", { body: { full_name: name, bio } })),
    onSuccess: (saved) => queries.setQueryData(sessionQuery.queryKey, saved),
  });
  return (
    <section className="card account-section">
      <h2>Profile</h2>
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <TextField label="Name" value={name} onChange={setName} autoComplete="name" maxLength={100} />
        <TextField label="About you" value={bio} onChange={setBio} lines={4} maxLength={5000} />
        {save.isError && <ProblemNote error={save.error} />}
        <div className="row">
          <Button type="submit" isDisabled={save.isPending}>
            Save
          </Button>
          <span role="status" className="hint">
            {save.isSuccess && "Saved"}
          </span>
        </div>
      </Form>
    </section>
  );
}
