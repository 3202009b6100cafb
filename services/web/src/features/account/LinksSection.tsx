/** The accounts elsewhere by which one comes in: linking and unlinking them. */

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";

import { BASE_PATH } from "@/shared/api/address";
import { answer, auth } from "@/shared/api/client";
import { Button } from "@/shared/ui/Button";
import { ConfirmDialog } from "@/shared/ui/ConfirmDialog";
import { Dialog } from "@/shared/ui/Dialog";
import { ProblemNote } from "@/shared/ui/ProblemNote";
import { Section } from "@/shared/ui/Section";
import { SendForm } from "@/shared/ui/SendForm";
import { GoogleButton } from "./GoogleButton";
import { hasProof, ProofField, proofOf } from "./proof";
import { sessionQuery, type Account } from "./session";
import { providersQuery } from "./ways_in";

export function LinksSection({ account }: { account: Account }) {
  const { data: providers } = useQuery(providersQuery);
  const offersGoogle = Boolean(providers?.google) || account.has_google;
  const offersGithub = Boolean(providers?.github) || account.has_github;
  if (!offersGoogle && !offersGithub) return null;
  return (
    <Section title="Accounts elsewhere" hint="You can come in by them instead of by your password.">
      <ul className="stack">
        {offersGoogle && (
          <LinkLine account={account} provider="google" name="Google" isLinked={account.has_google}>
            {(close) => <LinkGoogle account={account} clientId={providers?.google?.client_id ?? ""} onDone={close} />}
          </LinkLine>
        )}
        {offersGithub && (
          <LinkLine account={account} provider="github" name="GitHub" isLinked={account.has_github}>
            {(close) => <LinkGithub account={account} onCancel={close} />}
          </LinkLine>
        )}
      </ul>
    </Section>
  );
}

interface LinkLineProps {
  account: Account;
  provider: "google" | "github";
  name: string;
  isLinked: boolean;
  /** What links it. */
  children: (close: () => void) => ReactNode;
}

function LinkLine({ account, provider, name, isLinked, children }: LinkLineProps) {
  const queries = useQueryClient();
  const [isAsked, setAsked] = useState(false);
  const close = () => setAsked(false);
  const hasOtherWay = account.has_password || (provider === "google" ? account.has_github : account.has_google);
  return (
    <li className="line">
      <div>
        {name}
        <p className="hint">{isLinked ? "Linked" : "Not linked"}</p>
      </div>
      <Button small onPress={() => setAsked(true)}>
        {isLinked ? `Unlink ${name}` : `Link ${name}`}
      </Button>
      {isLinked ? (
        <ConfirmDialog
          title={`Unlink ${name}?`}
          action="Unlink"
          isOpen={isAsked}
          onClose={close}
          onConfirm={async () => {
            await answer(auth.DELETE(`/auth/${provider}/link`));
            await queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
          }}
        >
          <p>You cannot come in by {name} any more, and all other browsers are signed out.</p>
          {!hasOtherWay && <p>It is your only way in: set a password first.</p>}
        </ConfirmDialog>
      ) : (
        <Dialog title={`Link ${name}`} isOpen={isAsked} onClose={close}>
          {children(close)}
        </Dialog>
      )}
    </li>
  );
}

interface LinkGoogleProps {
  account: Account;
  clientId: string;
  onDone: () => void;
}

function LinkGoogle({ account, clientId, onDone }: LinkGoogleProps) {
  const queries = useQueryClient();
  const [password, setPassword] = useState("");
  const link = useMutation({
    mutationFn: (credential: string) =>
      answer(auth.POST("/auth/google/link", { body: { credential, ...proofOf(account, password) } })),
    onSuccess: (linked) => {
      queries.setQueryData(sessionQuery.queryKey, linked);
      onDone();
    },
  });
  return (
    <div className="stack">
      <ProofField account={account} value={password} onChange={setPassword} />
      {hasProof(account, password) && <GoogleButton clientId={clientId} onCredential={link.mutate} />}
      {link.isError && <ProblemNote error={link.error} />}
      <div className="actions">
        <Button onPress={onDone}>Cancel</Button>
      </div>
    </div>
  );
}

function LinkGithub({ account, onCancel }: { account: Account; onCancel: () => void }) {
  const [password, setPassword] = useState("");
  const begin = useMutation({
    mutationFn: () => {
      const body = { next: `${BASE_PATH}settings`, ...proofOf(account, password) };
      return answer(auth.POST("/auth/github/link", { body }));
    },
    onSuccess: ({ authorization_url: url }) => location.assign(url),
  });
  return (
    <SendForm
      state={begin}
      onSend={() => begin.mutate()}
      action="Go on to GitHub"
      look="primary"
      isReady={hasProof(account, password)}
      onCancel={onCancel}
    >
      <p>GitHub asks you whether we may know who you are there. Then you come back here.</p>
      <ProofField account={account} value={password} onChange={setPassword} />
    </SendForm>
  );
}
