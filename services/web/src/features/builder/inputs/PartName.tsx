/** How a part of a territory is called. */

import { useQuery } from "@tanstack/react-query";
import { use } from "react";

import { importsOf } from "@/features/imports/dependence";
import { DocumentContext } from "../document_context";
import type { Part } from "../document";
import { unitQuery } from "./geography";

type Simple = Exclude<Part, { type: "group" }>;

/** Names a part in one word, as the program does. */
export function partText(part: Simple): string {
  switch (part.type) {
    case "gadm":
    case "predefined":
    case "territory":
      return part.value;
    case "naturalearth":
      return `Natural Earth ${part.value}`;
    case "polygon":
      return `an area of ${part.value.length} corners`;
    case "imported":
      return `${part.library}.${part.value}`;
  }
}

export function PartName({ part }: { part: Simple }) {
  if (part.type === "gadm") return <UnitName id={part.value} />;
  return (
    <span>
      {part.type === "polygon" ? "An area" : <code>{partText(part)}</code>} <Origin part={part} />
    </span>
  );
}

/** Says where a name is from, and whether it is there. */
function Origin({ part }: { part: Exclude<Simple, { type: "gadm" }> }) {
  const { elements, imports, libraryNames } = use(DocumentContext);
  switch (part.type) {
    case "naturalearth":
      return null;
    case "polygon":
      return <span className="hint">drawn</span>;
    case "predefined":
      return <span className="hint">xatra&rsquo;s library</span>;
    case "territory": {
      if (libraryNames.includes(part.value)) return <span className="hint">this map&rsquo;s library</span>;
      const isKnown = elements.some((other) => other.type === "territory" && other.name === part.value);
      return isKnown ? <span className="hint">this map</span> : <span className="fault">not in this map</span>;
    }
    case "imported": {
      const imported = importsOf(elements).findLast(({ name }) => name === part.library);
      if (!imported) return <span className="fault">not imported</span>;
      const { work } = imports.get(imported.value) ?? {};
      if (!work) return <span className="hint">imported</span>;
      const words = `${work.name}, ${work.version === "alpha" ? "alpha" : `version ${work.version}`}`;
      return work.names?.includes(part.value) ? (
        <span className="hint">{words}</span>
      ) : (
        <span className="fault">not in {words}</span>
      );
    }
  }
}

function UnitName({ id }: { id: string }) {
  const { data: unit } = useQuery(unitQuery(id));
  return (
    <span>
      {unit?.name ?? id}{" "}
      <span className={unit === null ? "fault" : "hint"}>
        {unit === null ? "not in the map data" : unit ? `${id}${unit.type ? ` · ${unit.type}` : ""}` : ""}
      </span>
    </span>
  );
}
