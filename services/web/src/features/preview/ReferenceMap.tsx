/** A map of administrative units and rivers, to pick from and to look at. */

import { useQuery } from "@tanstack/react-query";
import { use, useEffect, useState, type ReactNode } from "react";

import { answer, api, type ApiSchemas } from "@/shared/api/client";
import { Button } from "@/shared/ui/Button";
import { SelectField } from "@/shared/ui/fields";
import { ProblemNote } from "@/shared/ui/ProblemNote";
import { DrawingContext } from "./drawing";
import { DrawnMap } from "./DrawnMap";
import type { MapLink } from "./map_link";
import { PickingContext, type PickingField } from "./picking";
import type { Pick } from "./picks";

type Wanted = ApiSchemas["ReferenceMapBody"];

const MAX_LEVEL = 3; // what lies deeper cannot be picked from a map
const KEY = "xatra.reference";
const KINDS = [
  { id: "units", name: "Units" },
  { id: "rivers", name: "Rivers" },
] as const;

interface ReferenceMapProps {
  /** What leads to other maps. */
  tabs: ReactNode;
  link: MapLink;
}

export function ReferenceMap({ tabs, link }: ReferenceMapProps) {
  const { field, marked, end, tell } = use(PickingContext);
  const board = use(DrawingContext);
  const countries = useQuery({
    queryKey: ["countries"],
    queryFn: async () => (await answer(api.GET("/geography/countries"))).countries,
    staleTime: Infinity,
  });
  const [kind, setKind] = useKind(field);
  const [chosen, setChosen] = useState(() => localStorage.getItem(KEY) ?? "IND");
  const [level, setLevel] = useState(1);
  const [picked, setPicked] = useState<Pick | null>(null);
  const country = countries.data?.find(({ id }) => id === chosen) ?? countries.data?.[0];
  const levels = country?.levels.filter((known) => known <= MAX_LEVEL) ?? [];
  const shownLevel = levels.includes(level) ? level : 0;

  useEffect(() => link.mark(marked), [link, marked]);

  return (
    <section className="reference" aria-label="Reference map">
      <div className="preview-bar">
        {tabs}
        {field && (
          <Button look="primary" onPress={end}>
            Done
          </Button>
        )}
        <p role="status" className="reference-words">
          {field ? instructions(field) : picked ? describe(picked) : "Click on a unit to see its id."}
        </p>
        <span className="row preview-links">
          <SelectField label="Show" value={kind} choices={KINDS} onChange={setKind} />
          {country && (
            <SelectField
              label="Country"
              value={country.id}
              choices={(countries.data ?? []).map(({ id, name }) => ({ id, name }))}
              onChange={(id) => {
                setChosen(id);
                localStorage.setItem(KEY, id);
              }}
            />
          )}
          {kind === "units" && (
            <SelectField
              label="Level"
              value={`${shownLevel}`}
              choices={levels.map((known) => ({ id: `${known}`, name: known === 0 ? "Country" : `Level ${known}` }))}
              onChange={(id) => setLevel(Number(id))}
            />
          )}
        </span>
      </div>
      {countries.isError && <ProblemNote error={countries.error} onRetry={() => void countries.refetch()} />}
      {country && (
        <DrawnMap
          ask={askForReference}
          wanted={{ countries: [country.id], level: kind === "units" ? shownLevel : 0, rivers: kind === "rivers" }}
          title={kind === "units" ? `Units of ${country.name}` : `Rivers, and ${country.name}`}
          link={link}
          onPick={(pick) => {
            if (board?.getState().task) return; // the click was for what is drawn
            setPicked(pick);
            tell(pick);
          }}
        />
      )}
    </section>
  );
}

/** What is shown: what the field takes that somebody picks for, unless they want to see something else. */
function useKind(field: PickingField | null) {
  const [former, setFormer] = useState(field);
  const state = useState<PickingField["kind"]>(field?.kind ?? "units");
  const [, setKind] = state;
  if (field !== former) {
    setFormer(field);
    if (field) setKind(field.kind);
  }
  return state;
}

function instructions({ label, kind }: PickingField): string {
  if (kind === "rivers") return `Click on the river for “${label}”.`;
  return `Click on units for “${label}”, again to take them out. With Ctrl or ⌘ held the pointer takes in all that it crosses, with Alt it takes them out.`;
}

function describe(pick: Pick): string {
  if (pick.featureType === "territory") return pick.name;
  const [name, id] =
    pick.featureType === "gadm" ? [pick.name, pick.gid] : [pick.name, `${pick.source_type} ${pick.id}`];
  return name ? `${name}: ${id}` : id;
}

function askForReference(body: Wanted) {
  return answer(api.POST("/geography/reference-maps", { body }));
}
