/** Signing in and signing up. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { Form } from "react-aria-components";

import { BASE_PATH } from "@/shared/api/address";
import { answer, auth } from "@/shared/api/client";
import { isProblem, type Problem } from "@/shared/api/problem";
import { Button } from "@/shared/ui/Button";
import { TextField } from "@/shared/ui/fields";
import { ProblemNote } from "@/shared/ui/ProblemNote";
import { Segments } from "@/shared/ui/Segments";
import "./account.css";
import { pathWithin } from "./next";
import { Providers } from "./Providers";
import { signedIn, useAccount } from "./session";
import { waysInQuery } from "./ways_in";
import { wordsFor } from "./words";

const WAYS = [
  { id: "in", name: "Sign in" },
  { id: "up", name: "Sign up" },
] as const;

export function LoginPage() {
  const { next, problem } = useSearch({ from: "/login" });
  const [way, setWay] = useState<(typeof WAYS)[number]["id"]>("in");
  const { data: waysIn } = useQuery(waysInQuery);
  const account = useAccount();
  const router = useRouter();
  const goOn = () => router.history.push(BASE_PATH + pathWithin(next).slice(1));

  return (
    <div className="page narrow stack">
      <h1>{way === "in" ? "Sign in" : "Sign up"}</h1>
      {problem && (
        <div className="note bad" role="alert">
          <p>{wordsFor(problem)}</p>
        </div>
      )}
      {account && (
        <div className="note">
          <p>You are signed in as {account.username}.</p>
          <div>
            <Button onPress={goOn}>Go on</Button>
          </div>
        </div>
      )}
      {waysIn?.registration_open !== false && (
        <Segments label="How to come in" value={way} choices={WAYS} onChange={setWay} />
      )}
      <PasswordForm key={way} isNew={way === "up"} onDone={goOn} />
      <Providers next={next} onDone={goOn} />
      <p className="hint">
        You need no account to make maps: your draft is kept for this browser, and is still yours when you sign in.
      </p>
    </div>
  );
}

function PasswordForm({ isNew, onDone }: { isNew: boolean; onDone: () => void }) {
  const queries = useQueryClient();
  const { data: waysIn } = useQuery(waysInQuery);
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isBusy, setBusy] = useState(false);
  const least = waysIn?.password_min_characters ?? 15;

  const send = async () => {
    setBusy(true);
    setProblem(null);
    try {
      const body = { username, password };
      signedIn(queries, await answer(isNew ? auth.POST("/auth/signup", { body }) : auth.POST("/auth/login", { body })));
      onDone();
    } catch (error) {
      if (!isProblem(error)) throw error;
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <TextField
        label={isNew ? "User name" : "User name or e-mail address"}
        name="username"
        autoComplete="username"
        value={username}
        onChange={setUsername}
        description={isNew ? "Small letters, digits and - _ . ; it stands beside your maps" : undefined}
        required
        maxLength={100}
      />
      <TextField
        label="Password"
        name="password"
        type="password"
        autoComplete={isNew ? "new-password" : "current-password"}
        value={password}
        onChange={setPassword}
        description={isNew ? `${least} characters or more; a few words that only you would put together` : undefined}
        required
        maxLength={waysIn?.password_max_characters ?? 256}
      />
      {problem && <ProblemNote error={problem} />}
      <div>
        <Button type="submit" look="primary" isDisabled={isBusy || !username || !password}>
          {isNew ? "Sign up" : "Sign in"}
        </Button>
      </div>
    </Form>
  );
}
