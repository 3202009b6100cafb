/** How a work is imported: under which name, which version, and what of it. */

import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Form } from "react-aria-components";

import { useAccount } from "@/features/account/session";
import type { Element } from "@/features/builder/document";
import { freeName } from "@/features/builder/operations";
import { Button } from "@/shared/ui/Button";
import { TextField } from "@/shared/ui/fields";
import { ProblemNote } from "@/shared/ui/ProblemNote";
import { Waiting } from "@/shared/ui/Waiting";
import { FilterInput, type Filter } from "./FilterInput";
import { importQuery } from "./found";
import { Names } from "./Names";
import { aliasFault, aliasLike, writePath, type ImportedVersion, type ImportPath } from "./paths";
import { VersionField } from "./VersionField";

interface ChooseImportProps {
  work: ImportPath;
  elements: readonly Element[];
  onImport: (element: Element) => Promise<void>;
  onBack: () => void;
  onClose: () => void;
}

export function ChooseImport({ work, elements, onImport, onBack, onClose }: ChooseImportProps) {
  const account = useAccount();
  const latest = useQuery(importQuery(writePath(work)));
  const [wished, setWished] = useState<ImportedVersion | null>(null);
  // What is published last is imported as the version that it is: it will not change below the map.
  const version = wished ?? latest.data?.version ?? work.version;
  const path = writePath({ ...work, version });
  const { data: found, error, isPending, refetch } = useQuery(importQuery(path));
  const isLibrary = work.kind === "lib";
  const [typed, setTyped] = useState<string | null>(null);
  const alias = typed ?? freeName([...elements], aliasLike(work.name));
  const isTaken = elements.some((element) => "name" in element && element.name === alias);
  const wrong = isLibrary ? aliasFault(alias, isTaken) : null;
  const [filter, setFilter] = useState<Filter>({});
  const add = useMutation({
    mutationFn: async () => {
      await onImport({
        type: "hub_import",
        ...(isLibrary && { name: alias }),
        value: path,
        ...((filter.filter_only ?? filter.filter_not) && { args: filter }),
      });
      onClose();
    },
  });
  if (latest.isPending) return <Waiting what="Looking it up" />;
  return (
    <Form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (wrong === null) add.mutate();
      }}
    >
      <VersionField
        value={version}
        latest={found?.latest_version ?? latest.data?.latest_version ?? 0}
        hasAlpha={(found?.author ?? latest.data?.author) === account?.username}
        onChange={setWished}
      />
      {isLibrary && (
        <TextField
          label="Name here"
          description={`By which its territories are called, such as ${alias}.${found?.names?.[0] ?? "NAME"}`}
          value={alias}
          fault={wrong}
          onChange={setTyped}
          autoFocus
        />
      )}
      {!isLibrary && <FilterInput value={filter} onChange={setFilter} />}
      {found?.names && <Names names={found.names} />}
      {error && <ProblemNote error={error} heading="It cannot be imported" onRetry={() => void refetch()} />}
      {add.isError && <ProblemNote error={add.error} heading="Not imported" />}
      <div className="actions">
        <Button onPress={onBack}>Search again</Button>
        <Button onPress={onClose}>Cancel</Button>
        <Button type="submit" look="primary" isDisabled={isPending || !found || wrong !== null || add.isPending}>
          Import
        </Button>
      </div>
    </Form>
  );
}
