/** Another password, or a first one; it signs all other browsers out. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { answer, auth } from "@/shared/api/client";
import { Section } from "@/shared/ui/Section";
import { SendForm } from "@/shared/ui/SendForm";
import { NewPasswordField } from "./NewPasswordField";
import { hasProof, ProofField, proofOf } from "./proof";
import { sessionQuery, type Account } from "./session";

export function PasswordSection({ account }: { account: Account }) {
  const queries = useQueryClient();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const change = useMutation({
    mutationFn: () =>
      answer(auth.PUT("/auth/me/password", { body: { new_password: next, ...proofOf(account, current) } })),
    onSuccess: async () => {
      setCurrent("");
      setNext("");
      await queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
    },
  });
  return (
    <Section
      title="Password"
      hint={
        account.has_password
          ? "When it changes, all other browsers are signed out."
          : "You have none: you come in by an account elsewhere. With one, you can come in without that, too."
      }
    >
      <SendForm
        state={change}
        onSend={() => change.mutate()}
        action={account.has_password ? "Change the password" : "Set a password"}
        done="Changed"
        isReady={next !== "" && hasProof(account, current)}
      >
        <ProofField account={account} value={current} onChange={setCurrent} />
        <NewPasswordField label="New password" value={next} onChange={setNext} />
      </SendForm>
    </Section>
  );
}
