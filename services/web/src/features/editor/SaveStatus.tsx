/** Says whether the map is saved, and lets people decide where it was changed in two places. */

import { useState, useSyncExternalStore } from "react";

import { Button } from "@/shared/ui/Button";
import type { Bench } from "./bench";
import { MergeDialog } from "./MergeDialog";
import type { Kept, SaveState } from "./saver";

type Edited = Pick<Bench, "editor" | "saver">;

export function SaveStatus({ bench }: { bench: Edited }) {
  const { saver } = bench;
  const state = useSyncExternalStore(saver.subscribe, saver.getState);
  if (state.kind === "conflict") return <Conflict bench={bench} theirs={state.theirs} />;
  return (
    <span className={state.kind === "unsaved" ? "save-status bad" : "save-status"} role="status">
      {words(state)}
      {state.kind === "unsaved" && (
        <Button small look="link" onPress={() => void saver.flush()}>
          Try again
        </Button>
      )}
    </span>
  );
}

function Conflict({ bench: { editor, saver }, theirs }: { bench: Edited; theirs: Kept }) {
  const [mine, setMine] = useState<string | null>(null);
  const take = () => {
    const content = saver.takeTheirs();
    if (content) editor.replace(content);
  };
  return (
    <div className="note warn save-conflict" role="alert">
      <p>This was also changed in another tab or on another device. Both are still there.</p>
      <div className="row">
        <Button small onPress={() => void editor.written().then(({ program }) => setMine(program))}>
          Compare
        </Button>
        <Button small onPress={() => void saver.keepMine()}>
          Keep what is here
        </Button>
        <Button small onPress={take}>
          Take the other one
        </Button>
        <span className="hint">Undo brings this one back.</span>
      </div>
      {mine !== null && (
        <MergeDialog
          theirs={theirs.content.program}
          mine={mine}
          onClose={() => setMine(null)}
          onMerge={(program) => {
            editor.editProgram(program, null);
            void saver.keepMine();
          }}
        />
      )}
    </div>
  );
}

function words(state: Exclude<SaveState, { kind: "conflict" }>): string {
  switch (state.kind) {
    case "saved":
      return "Saved";
    case "changed":
    case "saving":
      return "Saving …";
    case "unsaved":
      return `${state.onDevice ? "Kept on this device only" : "Not saved"}: ${state.problem.title}. `;
  }
}
