/** A map of administrative units to pick from. */

import { useQuery } from "@tanstack/react-query";
import { use, useCallback, useEffect, useState, useSyncExternalStore } from "react";

import { answer, api } from "@/shared/api/client";
import { Button } from "@/shared/ui/Button";
import { SelectField } from "@/shared/ui/fields";
import { ProblemNote } from "@/shared/ui/ProblemNote";
import { Waiting } from "@/shared/ui/Waiting";
import { MapFrame } from "./MapFrame";
import { PickingContext } from "./picking";
import type { Pick } from "./picks";
import { renderService } from "./render_service";
import { Renderer } from "./renderer";

const MAX_LEVEL = 3; // what lies deeper cannot be picked from a map
const KEY = "xatra.reference";

export function ReferenceMap({ label }: { label: string }) {
  const { end, tell } = use(PickingContext);
  const countries = useQuery({
    queryKey: ["countries"],
    queryFn: async () => (await answer(api.GET("/geography/countries"))).countries,
    staleTime: Infinity,
  });
  const [chosen, setChosen] = useState(() => localStorage.getItem(KEY) ?? "IND");
  const [level, setLevel] = useState(1);
  const country = countries.data?.find(({ id }) => id === chosen) ?? countries.data?.[0];
  const levels = country?.levels.filter((known) => known <= MAX_LEVEL) ?? [];
  return (
    <section className="reference" aria-label="Map to pick from">
      <div className="preview-bar">
        <Button look="primary" onPress={end}>
          Done
        </Button>
        <p role="status">Click on units for “{label}”; click again to take them out.</p>
        {country && (
          <span className="row preview-links">
            <SelectField
              label="Country"
              value={country.id}
              choices={(countries.data ?? []).map(({ id, name }) => ({ id, name }))}
              onChange={(id) => {
                setChosen(id);
                localStorage.setItem(KEY, id);
              }}
            />
            <SelectField
              label="Level"
              value={`${levels.includes(level) ? level : 0}`}
              choices={levels.map((known) => ({ id: `${known}`, name: known === 0 ? "Country" : `Level ${known}` }))}
              onChange={(id) => setLevel(Number(id))}
            />
          </span>
        )}
      </div>
      {countries.isError && <ProblemNote error={countries.error} onRetry={() => void countries.refetch()} />}
      {country && (
        <Units
          key={`${country.id} ${level}`}
          country={country.id}
          level={levels.includes(level) ? level : 0}
          onPick={tell}
        />
      )}
    </section>
  );
}

interface UnitsProps {
  country: string;
  level: number;
  onPick: (pick: Pick) => void;
}

function Units({ country, level, onPick }: UnitsProps) {
  const [renderer] = useState(() => {
    const body = { countries: [country], level };
    return new Renderer({ ...renderService, ask: () => answer(api.POST("/geography/reference-maps", { body })) });
  });
  const { run, artefact } = useSyncExternalStore(renderer.subscribe, renderer.getState);
  const start = useCallback(() => void renderer.render(() => Promise.resolve({})), [renderer]);
  useEffect(() => {
    start();
    return () => renderer.abandon();
  }, [renderer, start]);
  if (artefact) return <MapFrame url={artefact.url} title={`Units of ${country}`} onPick={onPick} />;
  if (run?.problem) return <ProblemNote error={run.problem} onRetry={start} />;
  if (run?.endedAt == null) return <Waiting what="Drawing the units" />;
  return <p className="note bad">{run.render?.error?.message ?? "There is no such map."}</p>;
}
