/** What one open map is edited with: its editor, its renderer, and what keeps it. */

import { OwnSources } from "@/features/library/own_sources";
import { renderService } from "@/features/preview/render_service";
import { Renderer } from "@/features/preview/renderer";
import { conversionFor } from "./conversion";
import { Saver, reconcile, type DeviceCopy, type MapStore, type Kept } from "./saver";
import { MapEditor, type MapContent } from "./map_editor";

export interface Bench {
  readonly editor: MapEditor;
  readonly renderer: Renderer;
  readonly saver: Saver;
  /** The map's own library and theme. */
  readonly own: OwnSources;
}

/** Puts a bench together for what is kept, or for `fresh` where nothing is. */
export function openBench(service: MapStore, device: DeviceCopy, kept: Kept | null, fresh: MapContent): Bench {
  const opened = reconcile(device.load(), kept);
  const own = new OwnSources();
  const editor = new MapEditor(opened.content ?? fresh, conversionFor(own));
  const saver = new Saver(service, device, () => editor.written(), opened);
  let { names } = own.getState();
  own.subscribe(() => {
    if (own.getState().names === names) return;
    names = own.getState().names;
    void editor.readAgain();
  });
  return { editor, saver, own, renderer: new Renderer(renderService) };
}

/** Renders the map as it is now. */
export function renderNow({ editor, own, renderer }: Bench): void {
  void renderer.render(async () => {
    const { program, files } = await editor.written();
    return { program, files, ...own.getState().texts };
  });
}

/** Saves the map with its own library and theme; returns the map's tag then, null where something is not saved. */
export async function saveAll({ own, saver }: Pick<Bench, "own" | "saver">): Promise<string | null> {
  return (await own.save()) ? saver.saved() : null;
}
