/** A published version of a map: to look at, to like, to fork. */

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";

import { VersionExport } from "@/features/export/VersionExport";
import { MapFrame } from "@/features/preview/MapFrame";
import { MapLink } from "@/features/preview/map_link";
import { sayTime } from "@/shared/ui/time";
import { versionQuery, type Artefact, type Work } from "./work";
import { WorkHead } from "./WorkHead";
import "./work.css";

interface PublishedMapProps {
  work: Work;
  /** Null: none is published. */
  version: number | null;
  isOwn: boolean;
}

export function PublishedMap({ work, version, isOwn }: PublishedMapProps) {
  const [map] = useState(() => new MapLink());
  const listed = work.versions.find((published) => published.version === version);
  // The work lists its newest versions alone.
  const { data } = useQuery({ ...versionQuery(work, version ?? 0), enabled: version !== null && !listed });
  const artefact = listed?.artefact ?? data?.artefact ?? null;
  return (
    <div className="work">
      <WorkHead work={work} version={version} isOwn={isOwn}>
        {version !== null && (
          <VersionExport work={work} version={version} url={artefact?.url ?? null} map={map} isOwn={isOwn} />
        )}
      </WorkHead>
      {work.description && (
        <section className="work-about" aria-label="Description" tabIndex={0}>
          {work.description}
        </section>
      )}
      <div className="work-map">
        {version === null ? (
          <p className="work-empty">Nothing is published here yet.</p>
        ) : (
          <Shown name={work.name} artefact={artefact} map={map} isOwn={isOwn} />
        )}
      </div>
    </div>
  );
}

interface ShownProps {
  name: string;
  artefact: Artefact | null;
  map: MapLink;
  isOwn: boolean;
}

function Shown({ name, artefact, map, isOwn }: ShownProps) {
  if (artefact?.url) return <MapFrame url={artefact.url} title={`Map: ${name}`} link={map} />;
  if (artefact?.error) {
    return (
      <div className="work-empty note bad">
        <h2>This version has no map</h2>
        <p>{artefact.error.message}</p>
      </div>
    );
  }
  if (artefact?.postponed_until) {
    return (
      <p className="work-empty" role="status">
        This version is rendered after {sayTime(artefact.postponed_until)}.
        {isOwn && (
          <>
            {" "}
            Your rendering time of this month may be spent: <Link to="/settings">see your settings</Link>.
          </>
        )}
      </p>
    );
  }
  return (
    <p className="work-empty" role="status">
      {artefact ? "This version is being rendered …" : ""}
    </p>
  );
}
