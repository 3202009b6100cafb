/** Signing in and signing up. */

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useRouter, useSearch } from "@tanstack/react-router";
import { useState } from "react";

import { usePageTitle } from "@/features/shell/page_title";
import { BASE_PATH } from "@/shared/api/address";
import { answer, auth } from "@/shared/api/client";
import { Button } from "@/shared/ui/Button";
import { TextField } from "@/shared/ui/fields";
import { Segments } from "@/shared/ui/Segments";
import { SendForm } from "@/shared/ui/SendForm";
import { NewPasswordField } from "./NewPasswordField";
import { pathWithin } from "./next";
import { Providers } from "./Providers";
import { signedIn, useAccount } from "./session";
import { WayProblem } from "./WayProblem";
import { waysInQuery } from "./ways_in";

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
  const title = way === "in" ? "Sign in" : "Sign up";
  usePageTitle(title);

  return (
    <div className="page narrow stack">
      <h1>{title}</h1>
      <WayProblem problem={problem} />
      {account && (
        <div className="note">
          <p>You are signed in as {account.username}.</p>
          <div>
            <Button onPress={goOn}>Go on</Button>
          </div>
        </div>
      )}
      {waysIn?.registration_open === false ? (
        <p className="hint">Nobody can sign up here at the moment.</p>
      ) : (
        <Segments label="How to come in" value={way} choices={WAYS} onChange={setWay} />
      )}
      {way === "in" ? <SignIn onDone={goOn} /> : <SignUp onDone={goOn} />}
      <Providers next={next} onDone={goOn} />
      <p className="hint">
        You need no account to make maps: your draft is kept for this browser, and is still yours when you sign in.
      </p>
    </div>
  );
}

function SignIn({ onDone }: { onDone: () => void }) {
  const queries = useQueryClient();
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const signIn = useMutation({
    mutationFn: () => answer(auth.POST("/auth/login", { body: { username, password } })),
    onSuccess: (body) => {
      signedIn(queries, body);
      onDone();
    },
  });
  return (
    <SendForm
      state={signIn}
      onSend={() => signIn.mutate()}
      action="Sign in"
      look="primary"
      isReady={username !== "" && password !== ""}
    >
      <TextField
        label="User name or e-mail address"
        name="username"
        autoComplete="username"
        value={username}
        onChange={setUsername}
        required
        maxLength={100}
      />
      <TextField
        label="Password"
        name="password"
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
        required
        maxLength={256}
      />
      <p className="hint">
        <Link to="/reset-password">You forgot your password?</Link>
      </p>
    </SendForm>
  );
}

function SignUp({ onDone }: { onDone: () => void }) {
  const queries = useQueryClient();
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const signUp = useMutation({
    mutationFn: () => answer(auth.POST("/auth/signup", { body: { username, password } })),
    onSuccess: (body) => {
      signedIn(queries, body);
      onDone();
    },
  });
  return (
    <SendForm
      state={signUp}
      onSend={() => signUp.mutate()}
      action="Sign up"
      look="primary"
      isReady={username !== "" && password !== ""}
    >
      <TextField
        label="User name"
        name="username"
        autoComplete="username"
        value={username}
        onChange={setUsername}
        description="Small letters, digits and - _ . ; it stands beside your maps"
        required
        maxLength={100}
      />
      <NewPasswordField label="Password" value={password} onChange={setPassword} />
    </SendForm>
  );
}
