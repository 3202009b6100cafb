/** Takes a map along that is being edited. */

import { use, useSyncExternalStore } from "react";

import type { Bench } from "@/features/editor/bench";
import { MapsContext } from "@/features/preview/maps_context";
import type { WorkId } from "@/features/work/kinds";
import { ExportMenu } from "./ExportMenu";
import { wholeProgram } from "./saving";

interface BenchExportProps {
  bench: Bench;
  name: string;
  /** What it is in the hub. */
  own?: WorkId;
}

export function BenchExport({ bench: { editor, own: sources, renderer }, name, own }: BenchExportProps) {
  const maps = use(MapsContext);
  const { artefact } = useSyncExternalStore(renderer.subscribe, renderer.getState);
  if (!maps) return null;
  return (
    <ExportMenu
      name={name}
      url={artefact?.url ?? null}
      map={maps.preview}
      getProgram={async () => {
        const { library, theme } = sources.getState().texts;
        const { program } = await editor.written();
        return wholeProgram([library, theme, program]);
      }}
      getDocument={async () => (await editor.inStep()).document ?? {}}
      {...(own && { own })}
    />
  );
}
