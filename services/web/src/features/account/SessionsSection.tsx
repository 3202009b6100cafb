/** Where one is signed in, and signing out there. */

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { answer, auth } from "@/shared/api/client";
import { Button } from "@/shared/ui/Button";
import { ProblemNote } from "@/shared/ui/ProblemNote";
import { Waiting } from "@/shared/ui/Waiting";
import { sayTime } from "@/shared/ui/time";

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
    <section className="card account-section">
      <h2>Where you are signed in</h2>
      {problem && <ProblemNote error={problem} onRetry={() => void sessions.refetch()} />}
      {sessions.isPending && <Waiting />}
      <ul className="stack">
        {sessions.data?.sessions.map((session) => (
          <li key={session.id} className="row">
            <span>
              {browserOf(session.user_agent)} {session.is_current && <strong>(this one)</strong>}
              <br />
              <span className="hint">
                since {sayTime(session.created_at)}, last used {sayTime(session.refreshed_at)}, from {session.address}
              </span>
            </span>
            {!session.is_current && (
              <Button small onPress={() => end.mutate(session.id)}>
                Sign out there
              </Button>
            )}
          </li>
        ))}
      </ul>
      {(sessions.data?.sessions.length ?? 0) > 1 && (
        <div>
          <Button onPress={() => endOthers.mutate()}>Sign out everywhere else</Button>
        </div>
      )}
    </section>
  );
}

/** Says in a few words which browser it was. */
function browserOf(agent: string): string {
  const browser = /(Edg|OPR|Firefox|Chrome|Safari)/.exec(agent)?.[1] ?? "A browser";
  const system = /(Windows|Mac OS X|Android|iPhone|iPad|Linux)/.exec(agent)?.[1];
  const names: Record<string, string> = { Edg: "Edge", OPR: "Opera" };
  return [names[browser] ?? browser, system && `on ${system}`].filter(Boolean).join(" ");
}
