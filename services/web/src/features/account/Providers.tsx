/** Coming in by an account elsewhere: the buttons of what the operator has set up. */

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { API_ADDRESS, BASE_PATH } from "@/shared/api/address";
import { answer, auth } from "@/shared/api/client";
import { ButtonLink } from "@/shared/ui/Button";
import { ProblemNote } from "@/shared/ui/ProblemNote";
import { GoogleButton } from "./GoogleButton";
import { pathWithin } from "./next";
import { signedIn } from "./session";
import { providersQuery } from "./ways_in";

interface ProvidersProps {
  next: string | undefined;
  onDone: () => void;
}

export function Providers({ next, onDone }: ProvidersProps) {
  const queries = useQueryClient();
  const { data: providers } = useQuery(providersQuery);
  const byGoogle = useMutation({
    mutationFn: (credential: string) => answer(auth.POST("/auth/google", { body: { credential } })),
    onSuccess: (body) => {
      signedIn(queries, body);
      onDone();
    },
  });
  if (!providers?.google && !providers?.github) return null;
  const path = BASE_PATH + pathWithin(next).slice(1);
  return (
    <section className="stack" aria-label="Come in by an account elsewhere">
      <p className="hint">or</p>
      {providers.google && <GoogleButton clientId={providers.google.client_id} onCredential={byGoogle.mutate} />}
      {byGoogle.isError && <ProblemNote error={byGoogle.error} />}
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
