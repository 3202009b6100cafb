/** What forms and maps beside each other share: what is picked, what is drawn, and the maps themselves. */

import { useState, type ReactNode } from "react";

import { DrawingBoard, DrawingContext } from "./drawing";
import { MapLink } from "./map_link";
import { MapsContext } from "./maps_context";
import { PickingContext, usePicking } from "./picking";

export function MapDesk({ children }: { children: ReactNode }) {
  const [board] = useState(() => new DrawingBoard());
  const [maps] = useState(() => ({
    preview: new MapLink(board.take),
    reference: new MapLink(board.take),
    library: new MapLink(board.take),
  }));
  return (
    <PickingContext value={usePicking()}>
      <DrawingContext value={board}>
        <MapsContext value={maps}>{children}</MapsContext>
      </DrawingContext>
    </PickingContext>
  );
}
