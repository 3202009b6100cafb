/** What is beside the form: the map that is made, or one to pick from; on both can be drawn. */

import { use, useEffect, useState, useSyncExternalStore, type ReactNode } from "react";

import { Segments } from "@/shared/ui/Segments";
import { DrawingContext, never } from "./drawing";
import { DrawingBar } from "./DrawingBar";
import type { MapLink } from "./map_link";
import { MapsContext } from "./maps_context";
import { PickingContext } from "./picking";
import { Preview } from "./Preview";
import { ReferenceMap } from "./ReferenceMap";
import type { Renderer } from "./renderer";

const TABS = [
  { id: "preview", name: "Map" },
  { id: "reference", name: "Reference" },
  { id: "library", name: "Libraries" },
] as const;

type Tab = (typeof TABS)[number]["id"];

interface MapPaneProps {
  renderer: Renderer;
  title: string;
  onRender: () => void;
  /** Returns the map of libraries, with what leads to the other maps. */
  library: (tabs: ReactNode, link: MapLink) => ReactNode;
}

export function MapPane({ renderer, title, onRender, library }: MapPaneProps) {
  const { field, end } = use(PickingContext);
  const [chosen, setChosen] = useState<Tab>("preview");
  const [seen, setSeen] = useState<readonly Tab[]>([]);
  // Territories of libraries can be picked too, for whatever takes units.
  const tab = field && (chosen !== "library" || field.kind !== "units") ? "reference" : chosen;
  if (!seen.includes(tab)) setSeen([...seen, tab]);
  const board = use(DrawingContext);
  const maps = use(MapsContext);
  useDrawingOn(tab);
  if (!board || !maps) return null;
  const tabs = (
    <Segments
      label="Which map"
      value={tab}
      choices={TABS}
      onChange={(next) => {
        if (next === "preview") end();
        setChosen(next);
      }}
    />
  );
  return (
    <div className="map-pane">
      <DrawingBar board={board} link={maps[tab]} />
      {/* A map that is out of sight keeps its place. */}
      <div className="map-pane-body">
        <div className={tab === "preview" ? "map-tab" : "map-tab away"} inert={tab !== "preview"}>
          <Preview tabs={tabs} renderer={renderer} title={title} link={maps.preview} onRender={onRender} />
        </div>
        {seen.includes("reference") && (
          <div className={tab === "reference" ? "map-tab" : "map-tab away"} inert={tab !== "reference"}>
            <ReferenceMap tabs={tabs} link={maps.reference} />
          </div>
        )}
        {seen.includes("library") && (
          <div className={tab === "library" ? "map-tab" : "map-tab away"} inert={tab !== "library"}>
            {library(tabs, maps.library)}
          </div>
        )}
      </div>
    </div>
  );
}

/** Lets the map that is in view be drawn on. */
function useDrawingOn(tab: Tab): void {
  const board = use(DrawingContext);
  const maps = use(MapsContext);
  const state = useSyncExternalStore(board?.subscribe ?? never, () => board?.getState() ?? null);
  useEffect(() => {
    if (!board || !maps || !state) return;
    for (const { id } of TABS) maps[id].draw(id === tab ? (state.task?.shape ?? null) : null, state.points);
  }, [board, maps, state, tab]);
}
