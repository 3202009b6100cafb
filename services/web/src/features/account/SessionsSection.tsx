/** Where one is signed in, and signing out there. */

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { answer, auth } from "@/shared/api/client";
import { Button } from "@/shared/ui/Button";
import { ProblemNote } from "@/shared/ui/ProblemNote";
import { Section } from "@/shared/ui/Section";
import { Waiting } from "@/shared/ui/Waiting";
import { sayTime } from "@/shared/ui/time";
import { sayBrowser } from "./browsers";

const KEY = ["sessions"];

export function SessionsSection() {
  const queries = useQueryClient();
  const sessions = useQuery({ queryKey: KEY, queryFn: () => answer(auth.GET("/auth/sessions")) });
  const refresh = { onSettled: () => queries.invalidateQueries({ queryKey: KEY }) };
  const end = useMutation({
    mutationFn: (id: number) =>
      answer(auth.DELETE("/auth/sessions/{session_id}", { params: { path: { session_id: id } } })),
    ...refresh,
  });
  const endOthers = useMutation({ mutationFn: () => answer(auth.DELETE("/auth/sessions")), ...refresh });
  const problem = sessions.error ?? end.error ?? endOthers.error;
  return (
    <Section title="Where you are signed in">
      {problem && <ProblemNote error={problem} onRetry={() => void sessions.refetch()} />}
      {sessions.isPending && <Waiting />}
      <ul className="stack">
        {sessions.data?.sessions.map((session) => (
          <li key={session.id} className="line">
            <div>
              {sayBrowser(session.user_agent)} {session.is_current && <strong>(this one)</strong>}
              <p className="hint">
                since {sayTime(session.created_at)}, last used {sayTime(session.refreshed_at)}, from {session.address}
              </p>
            </div>
            {!session.is_current && (
              <Button
                small
                aria-label={`Sign out there: ${sayBrowser(session.user_agent)}, ${session.address}`}
                isDisabled={end.isPending}
                onPress={() => end.mutate(session.id)}
              >
                Sign out there
              </Button>
            )}
          </li>
        ))}
      </ul>
      {(sessions.data?.sessions.length ?? 0) > 1 && (
        <div>
          <Button isDisabled={endOthers.isPending} onPress={() => endOthers.mutate()}>
            Sign out everywhere else
          </Button>
        </div>
      )}
    </Section>
  );
}
