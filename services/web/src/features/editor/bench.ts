/** What one open map is edited with: its editor, its renderer, and what keeps it. */

import { renderService } from "@/features/preview/render_service";
import { Renderer } from "@/features/preview/renderer";
import { conversion } from "./conversion";
import { Saver, reconcile, type DeviceCopy, type MapStore, type Kept } from "./saver";
import { MapEditor, type MapContent } from "./map_editor";

export interface Bench {
  readonly editor: MapEditor;
  readonly renderer: Renderer;
  readonly saver: Saver;
}

/** Puts a bench together for what is kept, or for `fresh` where nothing is. */
export function openBench(service: MapStore, device: DeviceCopy, kept: Kept | null, fresh: MapContent): Bench {
  const opened = reconcile(device.load(), kept);
  const editor = new MapEditor(opened.content ?? fresh, conversion);
  const saver = new Saver(service, device, () => editor.written(), opened);
  return { editor, saver, renderer: new Renderer(renderService) };
}

/** Renders the map as it is now. */
export function renderNow({ editor, renderer }: Bench): void {
  void renderer.render(async () => {
    const { program, files } = await editor.written();
    return { program, files };
  });
}
