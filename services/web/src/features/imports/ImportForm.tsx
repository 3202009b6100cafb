/** One import: how it is called here, which version, what it brings, and what uses it. */

import { useRef, useState } from "react";

import { useAccount } from "@/features/account/session";
import { nameOf } from "@/features/builder/describe";
import { elementsOf, type Document } from "@/features/builder/document";
import type { LayerFaults } from "@/features/builder/faults";
import { idOf } from "@/features/builder/layer_ids";
import { setField } from "@/features/builder/operations";
import { KIND_WORDS } from "@/features/work/kinds";
import { WorkLink } from "@/features/work/WorkLink";
import { Button } from "@/shared/ui/Button";
import { TextField } from "@/shared/ui/fields";
import { dependents, renameImport, type HubImport } from "./dependence";
import { FilterInput, type Filter } from "./FilterInput";
import type { FoundImports } from "./found";
import { Names } from "./Names";
import { aliasFault, readPath, writePath, type ImportedVersion } from "./paths";
import { VersionField } from "./VersionField";
import { isOutdated } from "./wording";

interface ImportFormProps {
  document: Document;
  element: HubImport;
  found: FoundImports;
  faults: LayerFaults;
  onSelect: (id: string) => void;
  onChange: (document: Document, group: string | null) => void;
  onRemove: () => void;
}

export function ImportForm({ document, element, found, faults, onSelect, onChange, onRemove }: ImportFormProps) {
  const account = useAccount();
  const [isTaken, setTaken] = useState(false);
  const news = useRef<HTMLDivElement>(null);
  const id = idOf(element);
  const own = faults.get(id);
  const path = readPath(element.value);
  const { work } = found.get(element.value) ?? {};
  const kind = work?.kind ?? path?.kind ?? "lib";
  const set = (at: string, value: unknown) => onChange(setField(document, id, at, value), `${id} ${at}`);
  const take = (version: ImportedVersion) => path && set("value", writePath({ ...path, version }));
  return (
    <section className="layer-form" aria-label="Import: its fields">
      <div className="layer-form-head">
        <div>
          <h2>{path?.name ?? element.value}</h2>
          <p className="hint">
            A {KIND_WORDS[kind].one}
            {work && (
              <>
                {" "}
                by {work.author ?? "nobody any more"} · <WorkLink work={work}>see it</WorkLink>
              </>
            )}
          </p>
        </div>
        <Button small look="quiet" onPress={onRemove}>
          Remove
        </Button>
      </div>
      {own?.get("") && (
        <p className="fault" role="alert">
          {own.get("")}
        </p>
      )}
      {work && (isOutdated(work) || isTaken) && (
        <div ref={news} className="note import-newer" role="status" tabIndex={-1}>
          {isOutdated(work) ? `Version ${work.latest_version} is there.` : `Version ${work.version} is used now.`}
          {isOutdated(work) && (
            <Button
              small
              onPress={() => {
                take(work.latest_version);
                setTaken(true);
                news.current?.focus(); // the button goes
              }}
            >
              Take version {work.latest_version}
            </Button>
          )}
        </div>
      )}
      {path ? (
        <VersionField
          value={path.version}
          latest={work?.latest_version ?? 0}
          hasAlpha={work != null && work.author === account?.username}
          fault={own?.get("value") ?? null}
          onChange={take}
        />
      ) : (
        <TextField
          label="Address"
          value={element.value}
          fault={own?.get("value") ?? "Such as /lib/name/2"}
          onChange={(value) => set("value", value)}
        />
      )}
      {(kind === "lib" || element.name) && (
        <AliasField
          key={element.name}
          value={element.name ?? ""}
          fault={own?.get("name") ?? null}
          isTaken={(name) =>
            elementsOf(document).some((other) => other !== element && "name" in other && other.name === name)
          }
          onChange={(name) => onChange(renameImport(document, id, name), null)}
        />
      )}
      {kind !== "lib" && (
        <FilterInput
          value={filterOf(element)}
          onChange={({ filter_only, filter_not }) => {
            const only = setField(document, id, "args.filter_only", filter_only);
            onChange(setField(only, id, "args.filter_not", filter_not), `${id} filter`);
          }}
        />
      )}
      {work?.names && <Names names={work.names} />}
      {element.name && <UsedBy document={document} alias={element.name} faults={faults} onSelect={onSelect} />}
    </section>
  );
}

function filterOf({ args }: HubImport): Filter {
  return {
    ...(args?.filter_only && { filter_only: args.filter_only }),
    ...(args?.filter_not && { filter_not: args.filter_not }),
  };
}

interface AliasFieldProps {
  value: string;
  fault: string | null;
  isTaken: (name: string) => boolean;
  onChange: (name: string) => void;
}

/** What is typed becomes the name when the field is left: everything that uses the import follows. */
function AliasField({ value, fault, isTaken, onChange }: AliasFieldProps) {
  const [typed, setTyped] = useState(value);
  const wrong = typed === value ? null : aliasFault(typed, isTaken(typed));
  return (
    <TextField
      label="Name here"
      description={`By which its territories are called, such as ${value || "name"}.CORE`}
      value={typed}
      fault={wrong ?? fault}
      onChange={setTyped}
      onBlur={() => {
        if (typed !== value && wrong === null) onChange(typed);
      }}
    />
  );
}

interface UsedByProps {
  document: Document;
  alias: string;
  faults: LayerFaults;
  onSelect: (id: string) => void;
}

function UsedBy({ document, alias, faults, onSelect }: UsedByProps) {
  const users = dependents(elementsOf(document), alias);
  return (
    <div className="import-names">
      <h3>Used by</h3>
      {users.length === 0 && <p className="hint">No layer yet</p>}
      <ul>
        {users.map((user) => {
          const fault = faults.get(idOf(user))?.get("value");
          return (
            <li key={idOf(user)}>
              <Button look="link" onPress={() => onSelect(idOf(user))}>
                {nameOf(user)}
              </Button>
              {fault && <span className="fault"> {fault}</span>}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
