/** A map's own library or theme as what edits it: a part of the draft, or a work of its own. */

import type { Account } from "@/features/account/session";
import { openBench, type Bench } from "@/features/editor/bench";
import { deviceCopy } from "@/features/editor/device_copy";
import type { MapEditor } from "@/features/editor/map_editor";
import { alphaStore, keptOf, type Work } from "@/features/work/work";
import type { OwnSource, Role } from "./own_sources";

/** A work that is edited beside a map. */
export interface WorkSource extends OwnSource {
  readonly name: string;
  readonly bench: Bench;
}

/** Lets library and theme of a draft be parts of it: saved and undone with it. */
export function keepInDraft(bench: Bench): Bench {
  for (const role of ["library", "theme"] as const) bench.own.set(role, draftSource(bench.editor, role));
  return bench;
}

function draftSource(editor: MapEditor, role: Role): OwnSource {
  return {
    editor,
    getText: () => editor.getState().content[role] ?? "",
    edit: (text) => editor.editOwn(role, text),
  };
}

/** Opens a library or theme of somebody's own. */
export function openSource(work: Work, account: Account): Bench {
  const kept = keptOf(work);
  return openBench(alphaStore(work), deviceCopy(account.id, `${work.kind}/${work.name}`), kept, kept.content);
}

export function workSource(work: Work, account: Account): WorkSource {
  const bench = openSource(work, account);
  const { editor, saver } = bench;
  return {
    name: work.name,
    bench,
    editor,
    getText: () => editor.getState().content.program ?? "",
    edit: (text) => editor.editProgram(text),
    save: async () => (await saver.saved()) !== null,
  };
}

export function isWorkSource(source: OwnSource | null): source is WorkSource {
  return source !== null && "bench" in source;
}
