/** What somebody tells of themselves. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { answer, auth } from "@/shared/api/client";
import { TextField } from "@/shared/ui/fields";
import { Section } from "@/shared/ui/Section";
import { SendForm } from "@/shared/ui/SendForm";
import { sessionQuery, type Account } from "./session";

export function ProfileSection({ account }: { account: Account }) {
  const queries = useQueryClient();
  const [name, setName] = useState(account.full_name);
  const [bio, setBio] = useState(account.bio);
  const save = useMutation({
    mutationFn: () => answer(auth.PUT("/auth/me/profile", { body: { full_name: name, bio } })),
    onSuccess: async (saved) => {
      queries.setQueryData(sessionQuery.queryKey, saved);
      await queries.invalidateQueries({ queryKey: ["profile"] });
    },
  });
  return (
    <Section title="Profile">
      <SendForm state={save} onSend={() => save.mutate()} action="Save" done="Saved">
        <TextField label="Name" value={name} onChange={setName} autoComplete="name" maxLength={100} />
        <TextField label="About you" value={bio} onChange={setBio} lines={4} maxLength={5000} />
      </SendForm>
    </Section>
  );
}
