/** A library or theme of the hub: its author edits it, everybody else reads a version. */

import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";

import "@/features/editor/editor.css";
import { versionQuery, type Work } from "@/features/work/work";
import { WorkGate } from "@/features/work/WorkGate";
import { WorkHead } from "@/features/work/WorkHead";
import { ProblemNote } from "@/shared/ui/ProblemNote";
import { Split } from "@/shared/ui/Split";
import { Waiting } from "@/shared/ui/Waiting";
import type { SourceKind } from "./beginnings";
import "./library.css";
import { SourceLook } from "./SourceLook";
import { UseLink } from "./UseLink";

const CodeEditor = lazy(() => import("@/features/editor/code/CodeEditor"));
const OwnSourcePage = lazy(() => import("./OwnSourcePage"));

export function LibraryPage() {
  return <SourcePage kind="lib" />;
}

export function ThemePage() {
  return <SourcePage kind="css" />;
}

function SourcePage({ kind }: { kind: SourceKind }) {
  return (
    <WorkGate kind={kind}>
      {({ work, version, author }) =>
        author && version === null ? (
          <Suspense fallback={<Waiting />}>
            <OwnSourcePage key={work.name} work={work} kind={kind} account={author} />
          </Suspense>
        ) : (
          <Reader work={work} kind={kind} version={version ?? (work.latest_version || null)} isOwn={author !== null} />
        )
      }
    </WorkGate>
  );
}

interface ReaderProps {
  work: Work;
  kind: SourceKind;
  /** Null: none is published. */
  version: number | null;
  isOwn: boolean;
}

function Reader({ work, kind, version, isOwn }: ReaderProps) {
  return (
    <div className="work">
      <WorkHead work={work} version={version} isOwn={isOwn}>
        {version !== null && <UseLink work={work} version={version} />}
      </WorkHead>
      {work.description && <p className="work-about">{work.description}</p>}
      <div className="work-map source-reader">
        {version === null ? (
          <Source kind={kind} name={work.name} source={work.alpha.content} />
        ) : (
          <Version work={work} kind={kind} version={version} />
        )}
      </div>
    </div>
  );
}

function Version({ work, kind, version }: { work: Work; kind: SourceKind; version: number }) {
  const published = useQuery(versionQuery(work, version));
  if (published.isPending) return <Waiting />;
  if (published.isError) return <ProblemNote error={published.error} onRetry={() => void published.refetch()} />;
  return <Source key={version} kind={kind} name={work.name} source={published.data.content} />;
}

function Source({ kind, name, source }: { kind: SourceKind; name: string; source: string }) {
  return (
    <Split
      label="Width of the source"
      names={["Source", "Map"]}
      first={
        <Suspense fallback={<Waiting />}>
          <CodeEditor program={source} label={`Source of ${name}`} readOnly marks={[]} wish={null} />
        </Suspense>
      }
      second={<SourceLook kind={kind} name={name} source={source} />}
    />
  );
}
