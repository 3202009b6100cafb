/** The map as layers: a list of them, and the form of the one that is chosen. */

import { useMemo, useState } from "react";

import { importsOf } from "@/features/imports/dependence";
import type { FoundImports } from "@/features/imports/found";
import { ImportForm } from "@/features/imports/ImportForm";
import { ImportList } from "@/features/imports/ImportList";
import { Button } from "@/shared/ui/Button";
import { Checkbox } from "@/shared/ui/fields";
import { AddMenu } from "./AddMenu";
import "./builder.css";
import { elementsOf, type Document, type Element } from "./document";
import { DocumentContext } from "./document_context";
import type { LayerFaults } from "./faults";
import { idOf } from "./layer_ids";
import { LayerForm } from "./LayerForm";
import { LayerList } from "./LayerList";
import { add, blankElement, duplicate, freeName, move, remove, setField } from "./operations";

interface BuilderProps {
  document: Document;
  faults: LayerFaults;
  imports: FoundImports;
  /** The names that the map's own library gives. */
  libraryNames: readonly string[];
  /** Wishes to import something. */
  onImport: () => void;
  selected: string | null;
  onSelect: (id: string | null) => void;
  /** Takes the changed document; changes of one `group` are undone together. */
  onChange: (document: Document, group: string | null) => void;
}

export function Builder({ document, faults, imports, libraryNames, onImport, ...props }: BuilderProps) {
  const { selected, onSelect, onChange } = props;
  const [showsImports, setShowsImports] = useState(false);
  const elements = elementsOf(document);
  const shown = useMemo(
    () => elements.filter(({ type }) => type !== "hub_import" && (showsImports || type !== "import")),
    [elements, showsImports],
  );
  const imported = useMemo(() => importsOf(elements), [elements]);
  const element = [...imported, ...shown].find((candidate) => idOf(candidate) === selected);

  const insert = (created: Element) => {
    if ("name" in created && created.name) created.name = freeName(elements, created.name);
    onChange(add(document, created, selected), null);
    onSelect(idOf(created));
  };
  const moveLayers = (ids: ReadonlySet<string>, target: string, place: "before" | "after") =>
    onChange(move(document, ids, target, place), null);
  const removeLayer = (id: string) => {
    const list = imported.some((candidate) => idOf(candidate) === id) ? imported : shown;
    const index = list.findIndex((candidate) => idOf(candidate) === id);
    const neighbour = list[index + 1] ?? list[index - 1];
    onChange(remove(document, id), null);
    onSelect(neighbour ? idOf(neighbour) : null);
  };
  const duplicateLayer = (id: string) => {
    const result = duplicate(document, id);
    if (!result) return;
    onChange(result.document, null);
    onSelect(idOf(result.copy));
  };

  const hasImports = elements.length !== elements.filter(({ type }) => type !== "import").length;
  return (
    <DocumentContext value={useMemo(() => ({ elements, imports, libraryNames }), [elements, imports, libraryNames])}>
      <div className="builder">
        <div className="builder-head">
          <span className="row">
            <AddMenu onAdd={(type) => (type === "hub_import" ? onImport() : insert(blankElement(type)))} />
            <Button onPress={onImport}>Import …</Button>
          </span>
          {hasImports && <Checkbox label="Python imports" selected={showsImports} onChange={setShowsImports} />}
        </div>
        <ImportList
          imports={imported}
          found={imports}
          selected={element ? selected : null}
          faults={faults}
          onSelect={onSelect}
          onMove={moveLayers}
          onRemove={removeLayer}
        />
        <LayerList
          elements={shown}
          selected={element ? selected : null}
          faults={faults}
          onSelect={onSelect}
          onMove={moveLayers}
          onRemove={removeLayer}
        />
        {element?.type === "hub_import" && (
          <ImportForm
            key={selected}
            document={document}
            element={element}
            found={imports}
            faults={faults}
            onSelect={onSelect}
            onChange={onChange}
            onRemove={() => removeLayer(idOf(element))}
          />
        )}
        {element && element.type !== "hub_import" && (
          <LayerForm
            key={selected}
            element={element}
            faults={faults.get(selected ?? "") ?? NO_FAULTS}
            onChange={(at, value) => onChange(setField(document, idOf(element), at, value), `${idOf(element)} ${at}`)}
            onDuplicate={() => duplicateLayer(idOf(element))}
            onRemove={() => removeLayer(idOf(element))}
          />
        )}
        {!element && shown.length > 0 && (
          <p className="hint builder-hint">
            Choose a layer to change it.{" "}
            <Button look="link" onPress={() => onSelect(first(shown))}>
              Open the first
            </Button>
          </p>
        )}
      </div>
    </DocumentContext>
  );
}

const NO_FAULTS: ReadonlyMap<string, string> = new Map();

function first(elements: readonly Element[]): string | null {
  return elements[0] ? idOf(elements[0]) : null;
}
