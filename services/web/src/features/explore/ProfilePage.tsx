/** A person and their works. */

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, Navigate, useParams } from "@tanstack/react-router";
import { useState } from "react";

import { useAccount } from "@/features/account/session";
import { NotFound } from "@/features/shell/NotFound";
import { usePageTitle } from "@/features/shell/page_title";
import { KIND_WORDS, type Kind } from "@/features/work/kinds";
import { answer, api } from "@/shared/api/client";
import { isProblem } from "@/shared/api/problem";
import { sayCount } from "@/shared/ui/count";
import { ProblemNote } from "@/shared/ui/ProblemNote";
import { sayDay } from "@/shared/ui/time";
import { Waiting } from "@/shared/ui/Waiting";
import "./explore.css";
import { KindChoice } from "./KindChoice";
import { worksQuery } from "./queries";
import { WorkList } from "./WorkList";

export function ProfilePage() {
  const { username } = useParams({ from: "/user/$username" });
  const [kind, setKind] = useState<Kind>("map");
  const account = useAccount();
  const profile = useQuery({
    queryKey: ["profile", username],
    queryFn: () => answer(api.GET("/users/{username}", { params: { path: { username } } })),
  });
  const works = useInfiniteQuery({ ...worksQuery(username, kind), enabled: profile.isSuccess });
  usePageTitle(username);

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
  // A former name leads to the present one.
  if (profile.data.username !== username) {
    return <Navigate to="/user/$username" params={{ username: profile.data.username }} replace />;
  }
  const isOwn = account?.username === username;
  return (
    <div className="page stack">
      <header className="stack">
        <div>
          <h1>{name || username}</h1>
          <p className="hint">
            {username} · {sayCount(maps, "map")} · {sayCount(views, "view")} · here since {sayDay(since)}
          </p>
        </div>
        {bio && <p className="bio">{bio}</p>}
        {isOwn && (
          <p className="hint">
            You see all your works here; others see those that are published and public.{" "}
            <Link to="/settings">Change your profile</Link>
          </p>
        )}
      </header>
      <KindChoice value={kind} onChange={setKind} />
      <WorkList query={works} empty={<Empty kind={kind} isOwn={isOwn} />} />
    </div>
  );
}

function Empty({ kind, isOwn }: { kind: Kind; isOwn: boolean }) {
  const many = KIND_WORDS[kind].many.toLowerCase();
  if (!isOwn) return <p>No {many} are published here yet.</p>;
  return (
    <p>
      You have no {many} yet.{" "}
      {kind === "map" && (
        <>
          Name <Link to="/">your draft</Link>, or <Link to="/new">begin a map</Link>.
        </>
      )}
    </p>
  );
}
