/** The territories of a map's libraries, to look at and to pick from. */

import { use, useState, type ReactNode } from "react";

import { OWN_LIBRARY, XATRA, type NameSource } from "@/features/builder/name_sources";
import { DrawingContext } from "@/features/preview/drawing";
import { DrawnMap } from "@/features/preview/DrawnMap";
import type { MapLink } from "@/features/preview/map_link";
import { PickingContext } from "@/features/preview/picking";
import { Button } from "@/shared/ui/Button";
import { SelectField, TextField } from "@/shared/ui/fields";
import { useSettled } from "@/shared/ui/use_settled";
import { askForTerritories, shownNames } from "./territory_map";

interface LibraryMapProps {
  /** What leads to other maps. */
  tabs: ReactNode;
  link: MapLink;
  sources: readonly NameSource[];
  /** Source of the map's own library. */
  ownSource: string;
}

export default function LibraryMap({ tabs, link, sources, ownSource }: LibraryMapProps) {
  const { field, end, tell } = use(PickingContext);
  const board = use(DrawingContext);
  const libraries = sources.filter(({ id, names }) => id !== "map" && names.length > 0);
  const [chosen, setChosen] = useState<string | null>(null);
  const [typed, setTyped] = useState("");
  const [picked, setPicked] = useState<string | null>(null);
  const settled = useSettled(typed);
  const library = libraries.find(({ id }) => id === chosen) ?? libraries[0];
  if (!library) return null;
  const names = shownNames(library.names, settled);
  const wanted = {
    names,
    ...(library.path !== undefined && { path: library.path }),
    ...(library.id === OWN_LIBRARY && { source: ownSource }),
  };
  return (
    <section className="reference" aria-label="Library map">
      <div className="preview-bar">
        {tabs}
        {field && (
          <Button look="primary" onPress={end}>
            Done
          </Button>
        )}
        <p role="status" className="reference-words">
          {field ? `Click on territories for “${field.label}”, again to take them out.` : (picked ?? "")}
          {names.length < library.names.length && ` ${names.length} of ${library.names.length} are shown.`}
        </p>
        <span className="row preview-links">
          <SelectField
            label="Library"
            value={library.id}
            choices={libraries.map(({ id, title, write }) => ({
              id,
              name: id === XATRA || id === OWN_LIBRARY ? title : `${write("").slice(0, -1)}: ${title}`,
            }))}
            onChange={(id) => {
              setChosen(id);
              setPicked(null);
            }}
          />
          <TextField label="Names that begin with" type="search" value={typed} onChange={setTyped} />
        </span>
      </div>
      {names.length === 0 ? (
        <p className="hint waiting">No name begins so.</p>
      ) : (
        <DrawnMap
          key={library.id}
          wanted={wanted}
          ask={askForTerritories}
          title={`Territories of ${library.title}`}
          link={link}
          onPick={(pick) => {
            if (board?.getState().task || pick.featureType !== "territory") return;
            // The map is a program's: what it names has to be in the library.
            if (!library.names.includes(pick.name)) return;
            setPicked(library.write(pick.name));
            tell({ featureType: "part", part: library.part(pick.name) });
          }}
        />
      )}
    </section>
  );
}
