/** The files that come with the map: tables, audio, pictures that the program reads by their names. */

import { useMutation } from "@tanstack/react-query";
import { use, useRef, useState } from "react";

import { FilesContext } from "@/features/builder/files_context";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { ProblemNote } from "@/shared/ui/ProblemNote";

export function FilesButton({ onRemove }: { onRemove: (name: string) => void }) {
  const { files, upload } = use(FilesContext);
  const [isOpen, setOpen] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const names = Object.keys(files);

  const send = useMutation({
    mutationFn: async (chosen: readonly File[]) => {
      for (const file of chosen) await upload(file);
    },
  });

  return (
    <>
      <Button small look="quiet" onPress={() => setOpen(true)}>
        Files{names.length > 0 && ` (${names.length})`}
      </Button>
      <Dialog title="Files of this map" isOpen={isOpen} onClose={() => setOpen(false)}>
        <p className="hint">The program opens them by these names. Tables (CSV), audio and pictures can be uploaded.</p>
        <ul className="stack">
          {names.map((name) => (
            <li key={name} className="row">
              <code>{name}</code>
              <Button small look="quiet" aria-label={`Remove ${name}`} onPress={() => onRemove(name)}>
                ×
              </Button>
            </li>
          ))}
        </ul>
        {send.isError && <ProblemNote error={send.error} heading="Not uploaded" />}
        <input
          ref={input}
          type="file"
          multiple
          accept=".csv,text/csv,audio/*,image/*"
          hidden
          onChange={(event) => {
            send.mutate([...(event.target.files ?? [])]);
            event.target.value = "";
          }}
        />
        <div className="actions">
          <Button isDisabled={send.isPending} onPress={() => input.current?.click()}>
            {send.isPending ? "Uploading …" : "Upload files"}
          </Button>
          <Button look="primary" onPress={() => setOpen(false)}>
            Close
          </Button>
        </div>
      </Dialog>
    </>
  );
}
