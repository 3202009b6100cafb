/** Finds a work of the hub, and imports it into the map that is open. */

import { useState } from "react";

import type { Element } from "@/features/builder/document";
import { Dialog } from "@/shared/ui/Dialog";
import { ChooseImport } from "./ChooseImport";
import { FindWork } from "./FindWork";
import type { ImportPath } from "./paths";

interface ImportDialogProps {
  /** What the map has already: its names are taken. */
  elements: readonly Element[];
  /** What is to be imported, where that is known. */
  wanted: ImportPath | null;
  /** Takes the import; may throw a problem, which is shown. */
  onImport: (element: Element) => Promise<void>;
  onClose: () => void;
}

export default function ImportDialog({ elements, wanted, onImport, onClose }: ImportDialogProps) {
  const [chosen, setChosen] = useState(wanted);
  return (
    <Dialog title={chosen ? `Import ${chosen.name}` : "Import"} isOpen onClose={onClose}>
      {chosen ? (
        <ChooseImport
          work={chosen}
          elements={elements}
          onImport={onImport}
          onBack={() => setChosen(null)}
          onClose={onClose}
        />
      ) : (
        <FindWork onChoose={setChosen} onClose={onClose} />
      )}
    </Dialog>
  );
}
