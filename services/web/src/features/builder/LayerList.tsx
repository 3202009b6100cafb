/** The layers in the order of the program: chosen, moved by mouse, touch or keyboard, deleted. */

import { useMemo } from "react";
import { Button, GridList, GridListItem, useDragAndDrop, type Key } from "react-aria-components";

import { describeFault, type LayerFaults } from "./faults";
import { detailsOf, nameOf } from "./describe";
import type { Element } from "./document";
import { idOf } from "./layer_ids";

interface LayerListProps {
  elements: readonly Element[];
  selected: string | null;
  faults: LayerFaults;
  onSelect: (id: string | null) => void;
  onMove: (ids: ReadonlySet<string>, target: string, place: "before" | "after") => void;
  onRemove: (id: string) => void;
}

export function LayerList({ elements, selected, faults, onSelect, onMove, onRemove }: LayerListProps) {
  const items = useMemo(
    () => elements.map((element) => ({ id: idOf(element), element, fault: describeFault(faults, idOf(element)) })),
    [elements, faults],
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
      onKeyDown={(event) => {
        if ((event.key === "Delete" || event.key === "Backspace") && selected) onRemove(selected);
      }}
    >
      <GridList
        className="layers"
        aria-label="Layers, in the order in which the program makes them"
        items={items}
        selectionMode="single"
        selectionBehavior="replace"
        selectedKeys={selected ? [selected] : []}
        onSelectionChange={(keys) => onSelect(keys === "all" ? null : ([...keys][0]?.toString() ?? null))}
        dragAndDropHooks={dragAndDropHooks}
        renderEmptyState={() => <p className="hint layers-empty">No layers yet. Add a realm, a place or a title.</p>}
      >
        {({ id, element, fault }) => (
          <GridListItem id={id} className="layer" textValue={nameOf(element)}>
            <Button slot="drag" className="layer-handle">
              <span aria-hidden="true">⠿</span>
            </Button>
            <span className="layer-words">
              <span className="layer-name">{nameOf(element)}</span>
              <span className="hint">{detailsOf(element)}</span>
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
