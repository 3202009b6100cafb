/** What stands above a work that is looked at: its name, whose it is, its versions, and what can be done with it. */

import { useEffect, type ReactNode } from "react";

import { api } from "@/shared/api/client";
import { Byline } from "./Byline";
import { ForkButton } from "./ForkButton";
import { KIND_WORDS } from "./kinds";
import { Likes } from "./Likes";
import { VersionMenu } from "./VersionMenu";
import { paramsOf, type Work } from "./work";
import { WorkMenu } from "./WorkMenu";
import "./work.css";

interface WorkHeadProps {
  work: Work;
  /** Which version is shown; null: none is published. */
  version: number | null;
  isOwn: boolean;
  /** What else can be done with it. */
  children?: ReactNode;
}

export function WorkHead({ work, version, isOwn, children }: WorkHeadProps) {
  const { kind, name } = work;
  useView(work);
  return (
    <header className="work-head">
      <div className="row">
        <h1>{name}</h1>
        <span className="hint">
          {work.display_type || (kind !== "map" && KIND_WORDS[kind].one)} <Byline author={work.author} />
          {work.featured && " · featured"}
          {work.visibility !== "public" && ` · ${work.visibility}`}
        </span>
      </div>
      <div className="row">
        <VersionMenu work={work} version={version} isOwn={isOwn} />
        <Likes work={work} />
        {children}
        {(version !== null || isOwn) && <ForkButton work={work} version={version} />}
        <WorkMenu key={`${kind} ${name}`} work={work} version={version} isOwn={isOwn} />
      </div>
    </header>
  );
}

/** Tells the services that somebody looks at a work. */
function useView({ kind, name, latest_version: latest }: Work): void {
  useEffect(() => {
    if (latest === 0) return;
    // Nobody waits for it, and nothing is lost where it fails.
    void api.POST("/hub/{kind}/{name}/views", { params: paramsOf({ kind, name }) }).catch(() => null);
  }, [kind, name, latest]);
}
