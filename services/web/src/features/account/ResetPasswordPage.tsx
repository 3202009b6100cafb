/** A way back in for those who forgot their password: by a link that works once. */

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useLocation } from "@tanstack/react-router";
import { useState } from "react";

import { usePageTitle } from "@/features/shell/page_title";
import { answer, auth } from "@/shared/api/client";
import { TextField } from "@/shared/ui/fields";
import { SendForm } from "@/shared/ui/SendForm";
import { Waiting } from "@/shared/ui/Waiting";
import { NewPasswordField } from "./NewPasswordField";
import { readResetToken } from "./reset_link";
import { sessionQuery } from "./session";
import { waysInQuery } from "./ways_in";

export function ResetPasswordPage() {
  const fragment = useLocation({ select: ({ hash }) => hash });
  const token = readResetToken(fragment);
  const title = token === null ? "A forgotten password" : "A new password";
  usePageTitle(title);
  return (
    <div className="page narrow stack">
      <h1>{title}</h1>
      {token !== null && <NewPassword token={token} />}
      {token === null && fragment !== "" && (
        <p className="note warn">This link is not whole. Copy all of it, or ask for another one.</p>
      )}
      {token === null && <AskForLink />}
    </div>
  );
}

function NewPassword({ token }: { token: string }) {
  const queries = useQueryClient();
  const [password, setPassword] = useState("");
  const reset = useMutation({
    mutationFn: () => answer(auth.POST("/auth/password/reset", { body: { token, new_password: password } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: sessionQuery.queryKey }),
  });
  if (reset.isSuccess) {
    return (
      <p role="status">
        Your password is set, and you are signed out everywhere. <Link to="/login">Sign in</Link>
      </p>
    );
  }
  return (
    <SendForm
      state={reset}
      onSend={() => reset.mutate()}
      action="Set the password"
      look="primary"
      isReady={password !== ""}
    >
      <p className="hint">
        It ends all sessions of your account, and its API tokens. The link works once, and no longer than it says.
      </p>
      <NewPasswordField label="New password" value={password} onChange={setPassword} />
    </SendForm>
  );
}

function AskForLink() {
  const { data: waysIn, isPending } = useQuery(waysInQuery);
  const [username, setUsername] = useState("");
  const ask = useMutation({
    mutationFn: () => answer(auth.POST("/auth/password/forgotten", { body: { username } })),
  });
  if (isPending) return <Waiting />;
  if (!waysIn?.mail) {
    return (
      <p>
        This site sends no mail. Ask the people who run it for a link to a new password: they can make one, and it works
        for you alone.
      </p>
    );
  }
  if (ask.isSuccess) {
    return (
      <p role="status">
        If there is such an account with a verified e-mail address, a link is on its way there. It works once.
      </p>
    );
  }
  return (
    <SendForm state={ask} onSend={() => ask.mutate()} action="Send me a link" look="primary" isReady={username !== ""}>
      <TextField
        label="User name or e-mail address"
        autoComplete="username"
        value={username}
        onChange={setUsername}
        required
        maxLength={100}
      />
    </SendForm>
  );
}
