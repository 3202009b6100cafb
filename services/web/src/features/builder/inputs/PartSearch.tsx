/** Finds what a territory can be made of: units of the map data, xatra's library, this map, its imports. */

import { useQuery } from "@tanstack/react-query";
import { use, useMemo, useState } from "react";

import { useDrawingFor } from "@/features/preview/drawing";
import { DocumentContext } from "../document_context";
import type { Part } from "../document";
import { nameSources, territoriesLike } from "../name_sources";
import { describeUnit, unitsQuery } from "./geography";
import { SearchBox, type Proposal } from "./SearchBox";

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
  const known = use(DocumentContext);
  const drawing = useDrawingFor((corners) => onChoose({ type: "polygon", value: corners }));
  const { data: units = [], isFetching } = useQuery({ ...unitsQuery(text.trim()), enabled: text.trim() !== "" });
  const sources = useMemo(() => nameSources(known), [known]);
  const proposals: (Proposal & { part: Part | null })[] = [
    ...territoriesLike(sources, text).map(({ text: name, title, part }) => ({
      id: `${part.type} ${name}`,
      name,
      about: title,
      part,
    })),
    ...(text.trim() ? units : []).map((unit) => ({
      id: `unit ${unit.id}`,
      name: unit.name,
      about: `${describeUnit(unit)} · ${unit.id}`,
      part: { type: "gadm", value: unit.id } as const,
    })),
    ...(drawing ? [{ id: "drawing", name: "Draw an area", about: "on the map", part: null }] : []),
    { id: "polygon", name: "An area", about: "by its corners, to be typed", part: AREA },
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
      autoFocus={(autoFocus || chosen > 0) && !drawing?.isDrawing}
      onChoose={(id) => {
        setText("");
        setChosen(chosen + 1);
        const { part } = proposals.find((proposal) => proposal.id === id) ?? {};
        if (part) onChoose(structuredClone(part));
        else drawing?.begin({ label: "Area", shape: "polygon", former: [] });
      }}
    />
  );
}
