/** A published version of a map: to look at, to like, to fork. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect } from "react";

import { useAccount } from "@/features/account/session";
import { MapFrame } from "@/features/preview/MapFrame";
import { answer, api } from "@/shared/api/client";
import { Button } from "@/shared/ui/Button";
import { ForkButton } from "./ForkButton";
import { InfoButton } from "./InfoButton";
import { VersionMenu } from "./VersionMenu";
import { pathOf, workQuery, type Artefact, type Work } from "./work";
import "./work.css";

interface PublishedMapProps {
  work: Work;
  /** Null: none is published. */
  version: number | null;
  isOwn: boolean;
}

export function PublishedMap({ work, version, isOwn }: PublishedMapProps) {
  const { name } = work;
  const shown = work.versions.find((published) => published.version === version);
  useEffect(() => {
    // Nobody waits for it, and nothing is lost where it fails.
    void api.POST("/hub/{kind}/{name}/views", { params: pathOf(name) }).catch(() => null);
  }, [name]);
  return (
    <div className="work">
      <header className="work-head">
        <div className="row">
          <h1>{name}</h1>
          <span className="hint">
            {work.author ? (
              <>
                by{" "}
                <Link to="/user/$username" params={{ username: work.author }}>
                  {work.author}
                </Link>
              </>
            ) : (
              "by nobody any more"
            )}
          </span>
          <VersionMenu work={work} version={version} isOwn={isOwn} />
          <InfoButton name={name} />
        </div>
        <div className="row">
          <Likes work={work} />
          {version !== null && <ForkButton work={work} version={version} />}
        </div>
      </header>
      {work.description && <p className="work-about">{work.description}</p>}
      <div className="work-map">
        <Shown name={name} artefact={shown?.artefact ?? null} />
      </div>
    </div>
  );
}

function Shown({ name, artefact }: { name: string; artefact: Artefact | null }) {
  if (artefact?.url) return <MapFrame url={artefact.url} title={`Map: ${name}`} />;
  if (artefact?.error) return <p className="note bad">This version has no map: {artefact.error.message}</p>;
  return (
    <p className="work-empty" role="status">
      {artefact ? "This version is being rendered …" : "Nothing is published here yet."}
    </p>
  );
}

function Likes({ work }: { work: Work }) {
  const queries = useQueryClient();
  const account = useAccount();
  const params = pathOf(work.name);
  const vote = useMutation({
    mutationFn: async () => {
      if (work.viewer_voted) await answer(api.DELETE("/hub/{kind}/{name}/vote", { params }));
      else await answer(api.PUT("/hub/{kind}/{name}/vote", { params }));
    },
    onSettled: () => queries.invalidateQueries({ queryKey: workQuery(work.name).queryKey }),
  });
  const mayVote = account != null && account.username !== work.author;
  const words = `${work.votes} ${work.votes === 1 ? "like" : "likes"}`;
  return (
    <>
      <span className="hint">
        {work.views} {work.views === 1 ? "view" : "views"}
      </span>
      <Button
        isDisabled={!mayVote || vote.isPending}
        aria-pressed={work.viewer_voted}
        aria-label={words}
        onPress={() => vote.mutate()}
      >
        <span aria-hidden="true">{work.viewer_voted ? "♥" : "♡"}</span> {work.votes}
      </Button>
    </>
  );
}
