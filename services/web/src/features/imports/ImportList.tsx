/** The imports of a map, in the order of the program. */

import { useCallback } from "react";

import type { Element } from "@/features/builder/document";
import type { LayerFaults } from "@/features/builder/faults";
import { LayerList } from "@/features/builder/LayerList";
import type { HubImport } from "./dependence";
import type { FoundImports } from "./found";
import "./imports.css";
import { describeImport } from "./wording";

interface ImportListProps {
  imports: readonly HubImport[];
  found: FoundImports;
  selected: string | null;
  faults: LayerFaults;
  onSelect: (id: string | null) => void;
  onMove: (ids: ReadonlySet<string>, target: string, place: "before" | "after") => void;
  onRemove: (id: string) => void;
}

export function ImportList({ imports, found, ...props }: ImportListProps) {
  const details = useCallback(
    (element: Element) => (element.type === "hub_import" ? describeImport(element, found.get(element.value)) : ""),
    [found],
  );
  // Its place is there even when it is empty, so that the layers keep theirs.
  return (
    <div className="import-list">
      {imports.length > 0 && (
        <>
          <h2>Imports</h2>
          <LayerList label="Imports" elements={imports} details={details} {...props} />
        </>
      )}
    </div>
  );
}
