/** What a library or theme looks like: its territories on a map, or a sample map in its style. */

import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { DrawnMap } from "@/features/preview/DrawnMap";
import { renderService } from "@/features/preview/render_service";
import { Problem } from "@/shared/api/problem";
import { TextField } from "@/shared/ui/fields";
import { ProblemNote } from "@/shared/ui/ProblemNote";
import { useSettled } from "@/shared/ui/use_settled";
import { Waiting } from "@/shared/ui/Waiting";
import { SAMPLE_MAP, type SourceKind } from "./beginnings";
import "./library.css";
import { namesIn } from "./own_sources";
import { askForTerritories, shownNames } from "./territory_map";

interface SourceLookProps {
  kind: SourceKind;
  name: string;
  source: string;
}

export function SourceLook({ kind, name, source }: SourceLookProps) {
  const settled = useSettled(source);
  if (kind === "lib") return <Territories name={name} source={settled} />;
  return (
    <div className="drawn-map">
      <p className="preview-bar hint">A sample map in this theme</p>
      <DrawnMap wanted={settled} ask={askForSample} title={`A sample map in the theme ${name}`} />
    </div>
  );
}

function askForSample(theme: string) {
  return renderService.ask({ program: SAMPLE_MAP, theme });
}

/** The names that a source defines. */
export function namesQuery(source: string) {
  return queryOptions({
    queryKey: ["names", source],
    queryFn: () => (source.trim() ? namesIn(source) : []),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });
}

function Territories({ name, source }: { name: string; source: string }) {
  const [typed, setTyped] = useState("");
  const wanted = useSettled(typed);
  const { data: names, error, isPending, refetch } = useQuery(namesQuery(source));
  if (isPending) return <Waiting what="Reading the library" />;
  const shown = shownNames(names ?? [], wanted);
  return (
    <section className="drawn-map" aria-label="Territories">
      <div className="preview-bar">
        <p role="status" className="hint">
          {sayNames(names?.length ?? 0, shown.length)}
        </p>
        <span className="preview-links">
          <TextField label="Names that begin with" type="search" value={typed} onChange={setTyped} />
        </span>
      </div>
      {error instanceof Problem ? (
        <div className="editor-note">
          <ProblemNote error={error} heading="This library cannot be read" onRetry={() => void refetch()} />
        </div>
      ) : (
        shown.length > 0 && (
          <DrawnMap wanted={{ names: shown, source }} ask={askForTerritories} title={`Territories of ${name}`} />
        )
      )}
    </section>
  );
}

function sayNames(all: number, shown: number): string {
  if (all === 0) return "It names no territory yet.";
  const names = `${all} ${all === 1 ? "name" : "names"}`;
  return shown < all ? `${shown} of ${names} are shown` : names;
}
