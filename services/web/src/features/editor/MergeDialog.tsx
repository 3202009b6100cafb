/** Puts together what was changed here and elsewhere. */

import { lazy, Suspense, useState } from "react";

import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { Waiting } from "@/shared/ui/Waiting";

const MergeEditor = lazy(() => import("./code/MergeEditor"));

interface MergeDialogProps {
  theirs: string;
  mine: string;
  onMerge: (program: string) => void;
  onClose: () => void;
}

export function MergeDialog({ theirs, mine, onMerge, onClose }: MergeDialogProps) {
  const [merged, setMerged] = useState(mine);
  return (
    <Dialog title="Compare" isOpen wide onClose={onClose}>
      <p className="hint">
        On the left is what was changed elsewhere, on the right what will be kept. An arrow takes a change over.
      </p>
      <Suspense fallback={<Waiting />}>
        <MergeEditor theirs={theirs} mine={mine} onChange={setMerged} />
      </Suspense>
      <div className="actions">
        <Button onPress={onClose}>Cancel</Button>
        <Button look="primary" onPress={() => onMerge(merged)}>
          Keep the right side
        </Button>
      </div>
    </Dialog>
  );
}
