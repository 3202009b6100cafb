/** What happened that matters to security. */

import { useInfiniteQuery } from "@tanstack/react-query";

import { answer, auth, type AuthSchemas } from "@/shared/api/client";
import { MoreButton } from "@/shared/ui/MoreButton";
import { ProblemNote } from "@/shared/ui/ProblemNote";
import { sayTime } from "@/shared/ui/time";
import { Waiting } from "@/shared/ui/Waiting";

type SecurityEvent = AuthSchemas["EventBody"];

export function EventsTab() {
  const events = useInfiniteQuery({
    queryKey: ["admin", "events"],
    queryFn: ({ pageParam }) =>
      answer(auth.GET("/auth/admin/events", { params: { query: pageParam === null ? {} : { before: pageParam } } })),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
    staleTime: 0,
  });
  if (events.isPending) return <Waiting />;
  return (
    <>
      {events.isError && <ProblemNote error={events.error} onRetry={() => void events.refetch()} />}
      <ul className="admin-list" aria-label="Events">
        {events.data?.pages
          .flatMap((page) => page.events)
          .map((event) => (
            <li key={event.id}>
              <strong>{event.event}</strong> {event.username}
              <p className="hint">{about(event)}</p>
            </li>
          ))}
      </ul>
      <MoreButton query={events} />
    </>
  );
}

function about({ created_at: at, actor, address, details }: SecurityEvent): string {
  const more = Object.entries(details).map(([name, value]) => `${name}: ${String(value)}`);
  return [sayTime(at), actor && `by ${actor}`, address && `from ${address}`, ...more].filter(Boolean).join(" · ");
}
