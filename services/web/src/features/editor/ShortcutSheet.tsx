/** The list of keys. */

import { Dialog } from "@/shared/ui/Dialog";
import { keysOf, SHORTCUTS } from "./shortcuts";

const OTHERS = [
  ["Escape, then Tab", "Leave the code editor"],
  ["Ctrl Space", "Propose what can be typed here"],
  ["Arrows", "From layer to layer, in the list of layers"],
  ["Enter on a layer's handle", "Take it; arrows and Enter put it elsewhere"],
  ["Delete", "Delete the chosen layer"],
] as const;

export function ShortcutSheet({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Dialog title="Keyboard" isOpen={isOpen} onClose={onClose}>
      <dl className="shortcuts">
        {SHORTCUTS.map((shortcut) => (
          <div key={shortcut.action}>
            <dt>{shortcut.about}</dt>
            <dd>
              {keysOf(shortcut).map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
        {OTHERS.map(([keys, about]) => (
          <div key={keys}>
            <dt>{about}</dt>
            <dd>
              <kbd>{keys}</kbd>
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
