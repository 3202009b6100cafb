/** Taking one's data along, and deleting the account. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";

import { answer, auth } from "@/shared/api/client";
import { Button } from "@/shared/ui/Button";
import { ConfirmDialog } from "@/shared/ui/ConfirmDialog";
import { Section } from "@/shared/ui/Section";
import { SendForm } from "@/shared/ui/SendForm";
import { downloadOwnData } from "./own_data";
import { ProofField, proofOf } from "./proof";
import { signedOut, type Account } from "./session";

export function LeavingSection({ account }: { account: Account }) {
  const [isAsked, setAsked] = useState(false);
  const download = useMutation({ mutationFn: () => downloadOwnData(account.username) });
  return (
    <Section title="Your data">
      <SendForm state={download} onSend={() => download.mutate()} action="Download your data" done="Downloaded">
        <p className="hint">All that is kept of you: account, works with their versions, drafts, votes, renders.</p>
      </SendForm>
      <div>
        <Button look="danger" onPress={() => setAsked(true)}>
          Delete the account …
        </Button>
      </div>
      <DeleteAccount account={account} isOpen={isAsked} onClose={() => setAsked(false)} />
    </Section>
  );
}

interface DeleteAccountProps {
  account: Account;
  isOpen: boolean;
  onClose: () => void;
}

function DeleteAccount({ account, isOpen, onClose }: DeleteAccountProps) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [password, setPassword] = useState("");
  const { username } = account;
  return (
    <ConfirmDialog
      title="Delete your account?"
      action="Delete it for good"
      typed={username}
      isOpen={isOpen}
      onClose={onClose}
      onConfirm={async () => {
        await answer(auth.POST("/auth/me/delete", { body: { username, ...proofOf(account, password) } }));
        await navigate({ to: "/explore" });
        signedOut(queries);
      }}
    >
      <p>
        Drafts, unpublished works, files, votes and renders are deleted. What you have published stays, without your
        name, because others may import it. Nobody ever gets your user name.
      </p>
      <ProofField account={account} value={password} onChange={setPassword} />
    </ConfirmDialog>
  );
}
