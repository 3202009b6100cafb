/** The form of one layer, made of the table of fields. */

import { useState } from "react";

import { Button } from "@/shared/ui/Button";
import type { Element } from "./document";
import { KINDS, type Field } from "./fields";
import { FieldInput } from "./inputs/FieldInput";
import { ViewButton } from "./inputs/ViewButton";
import { fieldOf } from "./operations";

interface LayerFormProps {
  element: Element;
  /** What is wrong, by field. */
  faults: ReadonlyMap<string, string>;
  onChange: (at: string, value: unknown) => void;
  onDuplicate: () => void;
  onRemove: () => void;
}

export function LayerForm({ element, faults, onChange, onDuplicate, onRemove }: LayerFormProps) {
  const kind = KINDS[element.type];
  const [showsMore, setShowsMore] = useState(false);
  const isShown = (field: Field) =>
    showsMore || !field.more || fieldOf(element, field.at) !== undefined || faults.has(field.at);
  const hidden = kind.fields.filter((field) => !isShown(field));
  const whole = faults.get("");
  return (
    <section className="layer-form" aria-label={`${kind.title}: its fields`}>
      <div className="layer-form-head">
        <div>
          <h2>{kind.title}</h2>
          <p className="hint">{kind.about}</p>
        </div>
        <span className="row">
          {element.type !== "import" && (
            <Button small look="quiet" onPress={onDuplicate}>
              Duplicate
            </Button>
          )}
          <Button small look="quiet" onPress={onRemove}>
            Delete
          </Button>
        </span>
      </div>
      {whole && (
        <p className="fault" role="alert">
          {whole}
        </p>
      )}
      {kind.fields.filter(isShown).map((field) => (
        <FieldInput
          key={field.at}
          field={field}
          value={fieldOf(element, field.at)}
          fault={faults.get(field.at) ?? null}
          onChange={(value) => onChange(field.at, value)}
        />
      ))}
      {element.type === "focus" && (
        <ViewButton
          onView={({ centre: [latitude, longitude] }) => onChange("args", { ...element.args, latitude, longitude })}
        />
      )}
      {element.type === "zoom" && <ViewButton onView={({ zoom }) => onChange("value", Math.round(zoom))} />}
      {(hidden.length > 0 || showsMore) && (
        <div>
          <Button small look="quiet" aria-expanded={showsMore} onPress={() => setShowsMore(!showsMore)}>
            {showsMore ? "Fewer options" : `More options (${hidden.length})`}
          </Button>
        </div>
      )}
    </section>
  );
}
