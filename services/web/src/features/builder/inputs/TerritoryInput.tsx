/** Puts a territory together: units, drawn areas and named territories, with, without or only within each other. */

import { use, useEffect, useState } from "react";
import { PickingContext, usePickingFor } from "@/features/preview/picking";
import { Button } from "@/shared/ui/Button";
import type { Part } from "../document";
import {
  addPart,
  dissolveGroup,
  groupWith,
  partsAt,
  pickPart,
  removePart,
  replacePart,
  setOperation,
  stepPart,
  unitsByOperation,
  type Place,
} from "../territory";
import { OperationMenu } from "./OperationMenu";
import { PartName, partText } from "./PartName";
import { PartSearch } from "./PartSearch";
import { MovesContext, useDragging, useMoves } from "./part_moves";
import { PositionsInput, type Position } from "./PositionInput";

interface TerritoryInputProps {
  label: string;
  value: readonly Part[];
  onChange: (parts: Part[]) => void;
  fault: string | null;
}

export function TerritoryInput({ label, value, onChange, fault }: TerritoryInputProps) {
  const { mark } = use(PickingContext);
  const { isPicking, toggle } = usePickingFor(label, "units", (pick) => {
    let parts = value;
    if (pick.featureType === "gadm") parts = pickPart(value, { type: "gadm", value: pick.gid }, pick.hoverMode);
    if (pick.featureType === "part") parts = pickPart(value, pick.part);
    if (parts !== value) onChange([...parts]);
  });
  const { box, moves } = useMoves(onChange);
  useEffect(() => {
    if (isPicking) mark(unitsByOperation(value));
  }, [isPicking, mark, value]);
  return (
    <fieldset ref={box} className="field territory">
      <legend className="legend">{label}</legend>
      <MovesContext value={moves}>
        <Group parts={value} place={[]} onChange={onChange} />
      </MovesContext>
      <div>
        <Button small aria-pressed={isPicking} onPress={toggle}>
          {isPicking ? "Picking on the map: done" : "Pick on a map"}
        </Button>
      </div>
      {fault && (
        <p className="fault" role="alert">
          {fault}
        </p>
      )}
    </fieldset>
  );
}

interface PlaceProps {
  /** The whole territory. */
  parts: readonly Part[];
  place: Place;
  onChange: (parts: Part[]) => void;
}

function Group({ parts, place, onChange }: PlaceProps) {
  const members = partsAt(parts, place);
  return (
    <div className="territory-group">
      <ol>
        {members.map((part, index) => (
          <Row
            key={`${index} ${part.type === "group" ? "" : partText(part)}`}
            parts={parts}
            part={part}
            place={[...place, index]}
            onChange={onChange}
          />
        ))}
      </ol>
      <PartSearch
        label={members.length > 0 ? "Add another part" : "Add a unit or territory"}
        onChoose={(part) => onChange(addPart(parts, place, part))}
      />
    </div>
  );
}

function Row({ parts, part, place, onChange }: PlaceProps & { part: Part }) {
  const [isGrouping, setGrouping] = useState(false);
  const { step } = use(MovesContext);
  const { handle, target } = useDragging(parts, place);
  const index = place.at(-1) ?? 0;
  const name = part.type === "group" ? "the group" : partText(part);
  return (
    <li className="territory-part" data-place={place.join(".")} {...target}>
      <div className="row territory-row">
        <span className="layer-handle" aria-hidden="true" title="Drag it elsewhere" {...handle}>
          ⠿
        </span>
        {index > 0 && (
          <OperationMenu
            name={name}
            value={part.op ?? "union"}
            onChange={(op) => onChange(setOperation(parts, place, op))}
          />
        )}
        {part.type === "group" ? <span className="hint">all of</span> : <PartName part={part} />}
        <span className="territory-tools">
          {([-1, 1] as const).map(
            (by) =>
              stepPart(parts, place, by) && (
                <Button
                  key={by}
                  small
                  look="quiet"
                  data-step={by}
                  aria-label={`Move ${name} ${by < 0 ? "up" : "down"}`}
                  onPress={() => step(stepPart(parts, place, by), by)}
                >
                  {by < 0 ? "↑" : "↓"}
                </Button>
              ),
          )}
          {part.type === "group" ? (
            <Button
              small
              look="quiet"
              aria-label="Dissolve the group"
              onPress={() => onChange(dissolveGroup(parts, place))}
            >
              ( ) ×
            </Button>
          ) : (
            index > 0 && (
              <Button
                small
                look="quiet"
                aria-label={`Group ${name} with another part`}
                onPress={() => setGrouping(!isGrouping)}
              >
                ( )
              </Button>
            )
          )}
          <Button small look="quiet" aria-label={`Remove ${name}`} onPress={() => onChange(removePart(parts, place))}>
            ×
          </Button>
        </span>
      </div>
      {part.type === "group" && <Group parts={parts} place={place} onChange={onChange} />}
      {part.type === "polygon" && (
        <PositionsInput
          label="Corners"
          shape="polygon"
          value={part.value as Position[]}
          onChange={(corners) => onChange(replacePart(parts, place, { ...part, value: corners }))}
        />
      )}
      {isGrouping && (
        <PartSearch
          label={`Group ${name} with`}
          autoFocus
          onChoose={(other) => {
            setGrouping(false);
            onChange(groupWith(parts, place, other));
          }}
        />
      )}
    </li>
  );
}
