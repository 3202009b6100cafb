/** The layers in the order of the program: chosen, moved by mouse, touch or keyboard, deleted. */

import { useMemo } from "react";
import { Button, GridList, GridListItem, useDragAndDrop, type Key } from "react-aria-components";

import { describeFault, type LayerFaults } from "./faults";
import { detailsOf, nameOf } from "./describe";
import type { Element } from "./document";
import { idOf } from "./layer_ids";

interface LayerListProps {
  label?: string;
  elements: readonly Element[];
  /** Says what is worth seeing of a layer beside its name. */
  details?: (element: Element) => string;
  selected: string | null;
  faults: LayerFaults;
  onSelect: (id: string | null) => void;
  onMove: (ids: ReadonlySet<string>, target: string, place: "before" | "after") => void;
  onRemove: (id: string) => void;
}

export function LayerList({
  label = "Layers, in the order in which the program makes them",
  elements,
  details = detailsOf,
  selected,
  faults,
  onSelect,
  onMove,
  onRemove,
}: LayerListProps) {
  const items = useMemo(
    () =>
      elements.map((element) => ({
        id: idOf(element),
        element,
        about: details(element),
        fault: describeFault(faults, idOf(element)),
      })),
    [elements, details, faults],
  );
  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) =>
      [...keys].map((key) => ({ "text/plain": items.find(({ id }) => id === key)?.element.type ?? "" })),
    onReorder: ({ keys, target }) => {
      if (target.dropPosition !== "on") onMove(names(keys), target.key.toString(), target.dropPosition);
    },
  });
  return (
    <div
      className="layers-box"
      // Before the list itself takes the arrows to go from layer to layer.
      onKeyDownCapture={(event) => {
        const index = items.findIndex(({ id }) => id === selected);
        const id = items[index]?.id;
        if (id === undefined) return;
        if (event.key === "Delete" || event.key === "Backspace") onRemove(id);
        if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
        event.preventDefault();
        event.stopPropagation();
        const isUp = event.key === "ArrowUp";
        const neighbour = items[isUp ? index - 1 : index + 1];
        if (neighbour) onMove(new Set([id]), neighbour.id, isUp ? "before" : "after");
      }}
    >
      <GridList
        className="layers"
        aria-label={label}
        items={items}
        selectionMode="single"
        selectionBehavior="replace"
        selectedKeys={selected ? [selected] : []}
        onSelectionChange={(keys) => onSelect(keys === "all" ? null : ([...keys][0]?.toString() ?? null))}
        dragAndDropHooks={dragAndDropHooks}
        renderEmptyState={() => <p className="hint layers-empty">No layers yet. Add a realm, a place or a title.</p>}
      >
        {({ id, element, about, fault }) => (
          <GridListItem id={id} className="layer" textValue={nameOf(element)}>
            <Button slot="drag" className="layer-handle">
              <span aria-hidden="true">⠿</span>
            </Button>
            <span className="layer-words">
              <span className="layer-name">{nameOf(element)}</span>
              <span className="hint">{about}</span>
            </span>
            {fault && (
              <span className="layer-fault" title={fault}>
                <span aria-hidden="true">!</span>
                <span className="visually-hidden">{fault}</span>
              </span>
            )}
          </GridListItem>
        )}
      </GridList>
    </div>
  );
}

function names(keys: Set<Key>): Set<string> {
  return new Set([...keys].map((key) => key.toString()));
}
