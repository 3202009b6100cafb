/** Lets the value of a field be drawn on the map beside it. */

import { Button } from "@/shared/ui/Button";
import { useDrawingFor } from "./drawing";
import type { Shape } from "./map_link";
import type { Position } from "./messages";

interface DrawButtonProps {
  /** Of the field. */
  label: string;
  shape: Shape;
  value: readonly Position[];
  onDone: (points: Position[]) => void;
}

export function DrawButton({ label, shape, value, onDone }: DrawButtonProps) {
  const drawing = useDrawingFor(onDone);
  if (!drawing) return null;
  const { isDrawing, begin, finish } = drawing;
  return (
    <div>
      <Button
        small
        aria-pressed={isDrawing}
        onPress={() => (isDrawing ? finish() : begin({ label, shape, former: value }))}
      >
        {shape === "point"
          ? isDrawing
            ? "Picking: stop"
            : "Pick on the map"
          : isDrawing
            ? "Drawing: done"
            : "Draw on the map"}
      </Button>
    </div>
  );
}
