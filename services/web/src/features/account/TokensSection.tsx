/** Personal API tokens, by which scripts act for somebody. */

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { answer, auth, type AuthSchemas } from "@/shared/api/client";
import { Button } from "@/shared/ui/Button";
import { ConfirmDialog } from "@/shared/ui/ConfirmDialog";
import { CopyField } from "@/shared/ui/CopyField";
import { Dialog } from "@/shared/ui/Dialog";
import { Checkbox, SelectField, TextField } from "@/shared/ui/fields";
import { ProblemNote } from "@/shared/ui/ProblemNote";
import { Section } from "@/shared/ui/Section";
import { SendForm } from "@/shared/ui/SendForm";
import { sayDay, sayTime } from "@/shared/ui/time";
import { Waiting } from "@/shared/ui/Waiting";
import { hasProof, ProofField, proofOf } from "./proof";
import { sayScope, scopesFor, type Scope } from "./scopes";
import type { Account } from "./session";

type Token = AuthSchemas["TokenBody"];

const KEY = ["tokens"];

const DAYS = [
  { id: "7", name: "A week" },
  { id: "30", name: "30 days" },
  { id: "90", name: "90 days" },
  { id: "365", name: "A year" },
] as const;

export function TokensSection({ account }: { account: Account }) {
  const tokens = useQuery({ queryKey: KEY, queryFn: () => answer(auth.GET("/auth/tokens")) });
  const [isMaking, setMaking] = useState(false);
  const close = () => setMaking(false);
  return (
    <Section
      title="API tokens"
      hint="A script or an application acts for you with one, within the bounds that you set."
    >
      {tokens.isPending && <Waiting />}
      {tokens.isError && <ProblemNote error={tokens.error} onRetry={() => void tokens.refetch()} />}
      <ul className="stack">
        {tokens.data?.tokens.map((token) => (
          <li key={token.id}>
            <TokenLine token={token} />
          </li>
        ))}
      </ul>
      <div>
        <Button onPress={() => setMaking(true)}>Make a token</Button>
      </div>
      <Dialog title="A new API token" isOpen={isMaking} onClose={close}>
        <NewToken account={account} onClose={close} />
      </Dialog>
    </Section>
  );
}

function TokenLine({ token }: { token: Token }) {
  const queries = useQueryClient();
  const [isAsked, setAsked] = useState(false);
  return (
    <div className="line">
      <div>
        <strong>{token.name}</strong> <code>{token.prefix}…</code>
        <p className="hint">
          {token.scopes.map(sayScope).join("; ")}. Until {sayDay(token.expires_at)};{" "}
          {token.last_used_at ? `last used ${sayTime(token.last_used_at)}` : "never used"}.
        </p>
      </div>
      <Button small aria-label={`Revoke ${token.name}`} onPress={() => setAsked(true)}>
        Revoke
      </Button>
      <ConfirmDialog
        title={`Revoke ${token.name}?`}
        action="Revoke"
        isOpen={isAsked}
        onClose={() => setAsked(false)}
        onConfirm={async () => {
          await answer(auth.DELETE("/auth/tokens/{token_id}", { params: { path: { token_id: token.id } } }));
          await queries.invalidateQueries({ queryKey: KEY });
        }}
      >
        <p>What uses it is refused from now on.</p>
      </ConfirmDialog>
    </div>
  );
}

function NewToken({ account, onClose }: { account: Account; onClose: () => void }) {
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<readonly Scope[]>(["hub:read"]);
  const [days, setDays] = useState<(typeof DAYS)[number]["id"]>("90");
  const [password, setPassword] = useState("");
  const make = useMutation({
    mutationFn: () =>
      answer(
        auth.POST("/auth/tokens", {
          body: { name, scopes: [...scopes], days: Number(days), ...proofOf(account, password) },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: KEY }),
  });
  if (make.isSuccess) {
    return (
      <>
        <p role="status">
          This is <strong>{make.data.name}</strong>. Take it along now: it is not shown again.
        </p>
        <CopyField label="API token" value={make.data.token} />
        <div className="actions">
          <Button look="primary" onPress={onClose}>
            I have it
          </Button>
        </div>
      </>
    );
  }
  return (
    <SendForm
      state={make}
      onSend={() => make.mutate()}
      action="Make it"
      look="primary"
      isReady={name.trim() !== "" && scopes.length > 0 && hasProof(account, password)}
      onCancel={onClose}
    >
      <TextField
        label="Name"
        value={name}
        onChange={setName}
        description="So that you know later what uses it"
        maxLength={100}
        autoFocus
        required
      />
      <fieldset>
        <legend className="legend">What it is for</legend>
        {scopesFor(account).map((scope) => (
          <Checkbox
            key={scope}
            label={sayScope(scope)}
            selected={scopes.includes(scope)}
            onChange={(isChosen) =>
              setScopes(isChosen ? [...scopes, scope] : scopes.filter((chosen) => chosen !== scope))
            }
          />
        ))}
      </fieldset>
      <SelectField label="How long it is good" value={days} choices={DAYS} onChange={setDays} />
      <ProofField account={account} value={password} onChange={setPassword} />
    </SendForm>
  );
}
