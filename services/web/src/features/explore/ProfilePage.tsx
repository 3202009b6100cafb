/** A person and their works. */

import { infiniteQueryOptions, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";

import { NotFound } from "@/features/shell/NotFound";
import { answer, api } from "@/shared/api/client";
import { isProblem } from "@/shared/api/problem";
import { ProblemNote } from "@/shared/ui/ProblemNote";
import { Segments } from "@/shared/ui/Segments";
import { sayDay } from "@/shared/ui/time";
import { Waiting } from "@/shared/ui/Waiting";
import "./explore.css";
import { KINDS } from "./search";
import { WorkList } from "./WorkList";

type Kind = keyof typeof KINDS;

const KIND_CHOICES = Object.entries(KINDS).map(([id, name]) => ({ id: id as Kind, name }));

function worksQuery(username: string, kind: Kind) {
  return infiniteQueryOptions({
    queryKey: ["works", username, kind],
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET("/users/{username}/works", {
          params: { path: { username }, query: { kind, ...(pageParam !== null && { cursor: pageParam }) } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
}

export function ProfilePage() {
  const { username } = useParams({ from: "/user/$username" });
  const [kind, setKind] = useState<Kind>("map");
  const profile = useQuery({
    queryKey: ["profile", username],
    queryFn: () => answer(api.GET("/users/{username}", { params: { path: { username } } })),
  });
  const works = useInfiniteQuery({ ...worksQuery(username, kind), enabled: profile.isSuccess });

  if (profile.isPending) return <Waiting />;
  if (isProblem(profile.error) && profile.error.status === 404) return <NotFound what="person" />;
  if (profile.isError) {
    return (
      <div className="page">
        <ProblemNote error={profile.error} onRetry={() => void profile.refetch()} />
      </div>
    );
  }
  const { full_name: name, bio, maps_count: maps, views_count: views, created_at: since } = profile.data;
  return (
    <div className="page stack">
      <header>
        <h1>{name || profile.data.username}</h1>
        <p className="hint">
          {profile.data.username} · {maps} {maps === 1 ? "map" : "maps"} · {views} {views === 1 ? "view" : "views"} ·
          here since {sayDay(since)}
        </p>
      </header>
      {bio && <p className="bio">{bio}</p>}
      <div>
        <Segments label="Kind" value={kind} choices={KIND_CHOICES} onChange={setKind} />
      </div>
      <WorkList query={works} empty="Nothing here yet." />
    </div>
  );
}
