/** The files that come with the map: tables, audio, pictures that the program reads by their names. */

import { use, useRef, useState } from "react";

import { FilesContext } from "@/features/builder/files_context";
import { isProblem, type Problem } from "@/shared/api/problem";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { ProblemNote } from "@/shared/ui/ProblemNote";

export function FilesButton({ onRemove }: { onRemove: (name: string) => void }) {
  const { files, upload } = use(FilesContext);
  const [isOpen, setOpen] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const names = Object.keys(files);

  const send = async (chosen: readonly File[]) => {
    setBusy(true);
    setProblem(null);
    try {
      for (const file of chosen) await upload(file);
    } catch (error) {
      if (!isProblem(error)) throw error;
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };

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
        {problem && <ProblemNote error={problem} heading="Not uploaded" />}
        <input
          ref={input}
          type="file"
          multiple
          accept=".csv,text/csv,audio/*,image/*"
          hidden
          onChange={(event) => {
            void send([...(event.target.files ?? [])]);
            event.target.value = "";
          }}
        />
        <div className="actions">
          <Button isDisabled={isBusy} onPress={() => input.current?.click()}>
            {isBusy ? "Uploading …" : "Upload files"}
          </Button>
          <Button look="primary" onPress={() => setOpen(false)}>
            Close
          </Button>
        </div>
      </Dialog>
    </>
  );
}
