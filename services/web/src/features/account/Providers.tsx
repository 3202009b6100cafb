/** Coming in by an account elsewhere: the buttons of what the operator has set up. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";

import { API_ADDRESS, BASE_PATH } from "@/shared/api/address";
import { answer, auth, type AuthSchemas } from "@/shared/api/client";
import { isProblem, type Problem } from "@/shared/api/problem";
import { ButtonLink } from "@/shared/ui/Button";
import { ProblemNote } from "@/shared/ui/ProblemNote";
import { showGoogleButton } from "./google";
import { pathWithin } from "./next";
import { signedIn } from "./session";
import { providersQuery } from "./ways_in";

interface ProvidersProps {
  next: string | undefined;
  onDone: () => void;
}

export function Providers({ next, onDone }: ProvidersProps) {
  const { data: providers } = useQuery(providersQuery);
  if (!providers?.google && !providers?.github) return null;
  const path = BASE_PATH + pathWithin(next).slice(1);
  return (
    <section className="stack" aria-label="Come in by an account elsewhere">
      <p className="hint">or</p>
      {providers.google && <GoogleButton settings={providers.google} onDone={onDone} />}
      {providers.github && (
        <div>
          <ButtonLink href={`${API_ADDRESS}/auth/github/start?${new URLSearchParams({ next: path })}`}>
            Continue with GitHub
          </ButtonLink>
        </div>
      )}
    </section>
  );
}

function GoogleButton({ settings, onDone }: { settings: AuthSchemas["GoogleButton"]; onDone: () => void }) {
  const queries = useQueryClient();
  const place = useRef<HTMLDivElement>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const done = useRef(onDone);
  useEffect(() => {
    done.current = onDone;
  });
  useEffect(() => {
    if (!place.current) return;
    const signIn = async (credential: string) => {
      try {
        signedIn(queries, await answer(auth.POST("/auth/google", { body: { credential } })));
        done.current();
      } catch (error) {
        if (!isProblem(error)) throw error;
        setProblem(error);
      }
    };
    void showGoogleButton(place.current, settings.client_id, (credential) => void signIn(credential));
  }, [queries, settings.client_id]);
  return (
    <>
      <div ref={place} />
      {problem && <ProblemNote error={problem} />}
    </>
  );
}
