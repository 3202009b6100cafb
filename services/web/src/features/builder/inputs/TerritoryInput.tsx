/** Puts a territory together: units, drawn areas and named territories, with, without or only within each other. */

import { use, useEffect, useId, useState } from "react";
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";

import { PickingContext } from "@/features/preview/picking";
import { Button } from "@/shared/ui/Button";
import { DocumentContext } from "../document_context";
import type { Operation, Part } from "../document";
import {
  addPart,
  dissolveGroup,
  groupWith,
  movePart,
  OPERATIONS,
  partsAt,
  pickUnit,
  removePart,
  replacePart,
  setOperation,
  type Place,
} from "../territory";
import { PartName, partText } from "./PartName";
import { PartSearch } from "./PartSearch";
import { PositionsInput, type Position } from "./PositionInput";

interface TerritoryInputProps {
  label: string;
  value: readonly Part[];
  onChange: (parts: Part[]) => void;
  fault: string | null;
}

export function TerritoryInput({ label, value, onChange, fault }: TerritoryInputProps) {
  const id = useId();
  const { field, begin, end, listen } = use(PickingContext);
  const isPicking = field?.id === id;
  useEffect(() => {
    if (!isPicking) return;
    return listen((pick) => {
      if (pick.featureType === "gadm") onChange(pickUnit(value, pick.gid, pick.hoverMode));
    });
  });
  // A field that is gone picks no more.
  useEffect(() => (isPicking ? end : undefined), [isPicking, end]);
  return (
    <fieldset className="field territory">
      <legend className="legend">{label}</legend>
      <Group parts={value} place={[]} onChange={onChange} />
      <div>
        <Button small aria-pressed={isPicking} onPress={() => (isPicking ? end() : begin({ id, label }))}>
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
            isLast={index === members.length - 1}
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

function Row({ parts, part, place, isLast, onChange }: PlaceProps & { part: Part; isLast: boolean }) {
  const [isGrouping, setGrouping] = useState(false);
  const { elements } = use(DocumentContext);
  const index = place.at(-1) ?? 0;
  const name = part.type === "group" ? "the group" : partText(part);
  return (
    <li className="territory-part">
      <div className="row">
        {index > 0 && (
          <OperationMenu
            name={name}
            value={part.op ?? "union"}
            onChange={(op) => onChange(setOperation(parts, place, op))}
          />
        )}
        {part.type === "group" ? <span className="hint">all of</span> : <PartName part={part} elements={elements} />}
        <span className="territory-tools">
          {index > 0 && (
            <Button
              small
              look="quiet"
              aria-label={`Move ${name} up`}
              onPress={() => onChange(movePart(parts, place, -1))}
            >
              ↑
            </Button>
          )}
          {!isLast && (
            <Button
              small
              look="quiet"
              aria-label={`Move ${name} down`}
              onPress={() => onChange(movePart(parts, place, 1))}
            >
              ↓
            </Button>
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
          least={3}
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

interface OperationMenuProps {
  name: string;
  value: Operation;
  onChange: (value: Operation) => void;
}

function OperationMenu({ name, value, onChange }: OperationMenuProps) {
  return (
    <MenuTrigger>
      <AriaButton className="button small territory-operation" aria-label={`${OPERATIONS[value].name} ${name}: change`}>
        <span aria-hidden="true">{OPERATIONS[value].sign}</span> {OPERATIONS[value].name}
      </AriaButton>
      <Popover className="popover">
        <Menu
          className="menu"
          aria-label="How it is taken"
          selectionMode="single"
          selectedKeys={[value]}
          onAction={(key) => onChange(key as Operation)}
        >
          {Object.entries(OPERATIONS).map(([id, operation]) => (
            <MenuItem key={id} id={id} className="menu-item" textValue={operation.name}>
              <span>
                <span aria-hidden="true">{operation.sign}</span> {operation.name}
              </span>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
