/** The user name, and the e-mail address of the account. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { answer, auth } from "@/shared/api/client";
import { TextField } from "@/shared/ui/fields";
import { Section } from "@/shared/ui/Section";
import { SendForm } from "@/shared/ui/SendForm";
import { hasProof, ProofField, proofOf } from "./proof";
import { sessionQuery, type Account } from "./session";

export function NameSection({ account }: { account: Account }) {
  const queries = useQueryClient();
  const [username, setUsername] = useState(account.username);
  const [password, setPassword] = useState("");
  const rename = useMutation({
    mutationFn: () => answer(auth.PUT("/auth/me/username", { body: { username, ...proofOf(account, password) } })),
    onSuccess: async (renamed) => {
      setPassword("");
      setUsername(renamed.username);
      queries.setQueryData(sessionQuery.queryKey, renamed);
      await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionQuery.queryKey[0] });
    },
  });
  const isNew = username !== account.username;
  return (
    <Section title="User name and e-mail">
      <SendForm
        state={rename}
        onSend={() => rename.mutate()}
        action="Change the user name"
        done="Changed"
        isReady={isNew && username !== "" && hasProof(account, password)}
      >
        <TextField
          label="User name"
          value={username}
          onChange={setUsername}
          autoComplete="off"
          description="It stands beside your maps. A former name goes on leading to you, and nobody else ever gets it."
          maxLength={100}
          required
        />
        {isNew && <ProofField account={account} value={password} onChange={setPassword} />}
      </SendForm>
      <dl className="info">
        <div>
          <dt>E-mail</dt>
          <dd>
            {account.email ? `${account.email} (${account.email_verified ? "verified" : "not verified"})` : "none"}
          </dd>
        </div>
      </dl>
    </Section>
  );
}
