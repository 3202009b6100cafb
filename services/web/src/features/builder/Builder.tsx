/** The map as layers: a list of them, and the form of the one that is chosen. */

import { useMemo, useState } from "react";

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
  selected: string | null;
  onSelect: (id: string | null) => void;
  /** Takes the changed document; changes of one `group` are undone together. */
  onChange: (document: Document, group: string | null) => void;
}

export function Builder({ document, faults, selected, onSelect, onChange }: BuilderProps) {
  const [showsImports, setShowsImports] = useState(false);
  const elements = elementsOf(document);
  const shown = useMemo(
    () => (showsImports ? elements : elements.filter(({ type }) => type !== "import")),
    [elements, showsImports],
  );
  const element = shown.find((candidate) => idOf(candidate) === selected);

  const insert = (created: Element) => {
    if ("name" in created && created.name) created.name = freeName(elements, created.name);
    onChange(add(document, created, selected), null);
    onSelect(idOf(created));
  };
  const removeLayer = (id: string) => {
    const index = shown.findIndex((candidate) => idOf(candidate) === id);
    const neighbour = shown[index + 1] ?? shown[index - 1];
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
    <DocumentContext value={useMemo(() => ({ elements }), [elements])}>
      <div className="builder">
        <div className="builder-head">
          <AddMenu onAdd={(type) => insert(blankElement(type))} />
          {hasImports && <Checkbox label="Python imports" selected={showsImports} onChange={setShowsImports} />}
        </div>
        <LayerList
          elements={shown}
          selected={element ? selected : null}
          faults={faults}
          onSelect={onSelect}
          onMove={(ids, target, place) => onChange(move(document, ids, target, place), null)}
          onRemove={removeLayer}
        />
        {element ? (
          <LayerForm
            key={selected}
            element={element}
            faults={faults.get(selected ?? "") ?? NO_FAULTS}
            onChange={(at, value) => onChange(setField(document, idOf(element), at, value), `${idOf(element)} ${at}`)}
            onDuplicate={() => duplicateLayer(idOf(element))}
            onRemove={() => removeLayer(idOf(element))}
          />
        ) : (
          shown.length > 0 && (
            <p className="hint builder-hint">
              Choose a layer to change it.{" "}
              <Button look="link" onPress={() => onSelect(first(shown))}>
                Open the first
              </Button>
            </p>
          )
        )}
      </div>
    </DocumentContext>
  );
}

const NO_FAULTS: ReadonlyMap<string, string> = new Map();

function first(elements: readonly Element[]): string | null {
  return elements[0] ? idOf(elements[0]) : null;
}
