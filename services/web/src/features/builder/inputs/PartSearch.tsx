/** Finds what a territory can be made of: units of the map data, xatra's library, this map, its imports. */

import { useQuery } from "@tanstack/react-query";
import { use, useState } from "react";

import { DocumentContext } from "../document_context";
import type { Element, Part } from "../document";
import { TERRITORY_NAMES } from "../territory_names";
import { describeUnit, unitsQuery } from "./geography";
import { SearchBox, type Proposal } from "./SearchBox";

const MAX_NAMES = 6;
const AREA: Part = {
  type: "polygon",
  value: [
    [26, 84],
    [26, 86],
    [24, 86],
    [24, 84],
  ],
};

interface PartSearchProps {
  label: string;
  onChoose: (part: Part) => void;
  autoFocus?: boolean;
}

export function PartSearch({ label, onChoose, autoFocus = false }: PartSearchProps) {
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState(0);
  const { elements } = use(DocumentContext);
  const { data: units = [], isFetching } = useQuery({ ...unitsQuery(text.trim()), enabled: text.trim() !== "" });
  const proposals = [
    ...namesLike(text, elements),
    ...(text.trim() ? units : []).map((unit) => ({
      id: `gadm:${unit.id}`,
      name: unit.name,
      about: `${describeUnit(unit)} · ${unit.id}`,
    })),
    { id: "polygon:", name: "Draw an area", about: "by its corners" },
  ];
  return (
    <SearchBox
      key={chosen} // a new one is closed
      label={label}
      text={text}
      onText={setText}
      placeholder="Name or id, such as Bihar or IND.5"
      proposals={proposals}
      empty={isFetching ? "Searching …" : "Nothing is called so"}
      autoFocus={autoFocus || chosen > 0}
      onChoose={(id) => {
        setText("");
        setChosen(chosen + 1);
        onChoose(partOf(id));
      }}
    />
  );
}

/** Returns the named territories whose names begin like what was typed, this map's first. */
function namesLike(text: string, elements: readonly Element[]): Proposal[] {
  const wanted = text.trim().toLowerCase();
  const isLike = (name: string) => name.toLowerCase().startsWith(wanted);
  const own = elements.flatMap((element) =>
    element.type === "territory" && isLike(element.name)
      ? [{ id: `territory:${element.name}`, name: element.name, about: "this map" }]
      : [],
  );
  const [library, name] = text.trim().split(".");
  const imported = elements.flatMap((element) =>
    element.type === "hub_import" && element.name && element.name === library && name
      ? [{ id: `imported:${library}.${name}`, name: `${library}.${name}`, about: `from ${element.value}` }]
      : [],
  );
  const predefined = wanted
    ? TERRITORY_NAMES.filter(isLike)
        .slice(0, MAX_NAMES)
        .map((territory) => ({ id: `predefined:${territory}`, name: territory, about: "xatra's library" }))
    : [];
  return [...own, ...imported, ...predefined];
}

function partOf(id: string): Part {
  const [type, value = ""] = id.split(/:(.*)/s);
  switch (type) {
    case "territory":
    case "predefined":
      return { type, value };
    case "imported": {
      const [library = "", name = ""] = value.split(".");
      return { type, library, value: name };
    }
    case "polygon":
      return structuredClone(AREA);
    default:
      return { type: "gadm", value };
  }
}
