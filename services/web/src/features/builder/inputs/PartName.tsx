/** How a part of a territory is called. */

import { useQuery } from "@tanstack/react-query";

import type { Element, Part } from "../document";
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

export function PartName({ part, elements }: { part: Simple; elements: readonly Element[] }) {
  if (part.type === "gadm") return <UnitName id={part.value} />;
  const isUnknown =
    (part.type === "territory" && !elements.some((other) => other.type === "territory" && other.name === part.value)) ||
    (part.type === "imported" && !elements.some((other) => other.type === "hub_import" && other.name === part.library));
  return (
    <span>
      {part.type === "polygon" ? "An area" : <code>{partText(part)}</code>}{" "}
      <span className={isUnknown ? "fault" : "hint"}>{isUnknown ? "not in this map" : ABOUT[part.type]}</span>
    </span>
  );
}

const ABOUT: Record<Exclude<Simple["type"], "gadm">, string> = {
  naturalearth: "",
  predefined: "xatra's library",
  territory: "this map",
  imported: "import",
  polygon: "drawn",
};

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
