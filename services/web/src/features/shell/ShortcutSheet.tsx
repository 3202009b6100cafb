/** The list of keys. */

import { keysOf, SHORTCUTS } from "@/features/editor/shortcuts";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { Checkbox } from "@/shared/ui/fields";
import { useQuestionMark } from "./shortcut_sheet";

const EVERYWHERE = [
  ["This list", ["?"]],
  ["This list, while typing", ["Alt", "Shift", "?"]],
  ["Past what stands above every page", ["Tab", "Enter"]],
  ["Close a dialog or menu", ["Escape"]],
] as const;

const IN_THE_EDITOR = [
  ["Leave the code editor", ["Escape", "Tab"]],
  ["Propose what can be typed here", ["Ctrl", "Space"]],
  ["From layer to layer, in the list of layers", ["Arrows"]],
  ["Move the chosen layer up or down", ["Alt", "↑ ↓"]],
  ["Take a layer, on its handle; arrows and Enter put it elsewhere", ["Enter"]],
  ["Delete the chosen layer", ["Delete"]],
] as const;

export default function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const [isQuestionMarkUsed, useQuestionMarkAlone] = useQuestionMark();
  return (
    <Dialog title="Keyboard" isOpen onClose={onClose}>
      <h3>Everywhere</h3>
      <Keys keys={EVERYWHERE} />
      <Checkbox label="The ? key alone opens this list" selected={isQuestionMarkUsed} onChange={useQuestionMarkAlone} />
      <h3>While you make a map</h3>
      <Keys keys={[...SHORTCUTS.map((shortcut) => [shortcut.about, keysOf(shortcut)] as const), ...IN_THE_EDITOR]} />
      <div className="actions">
        <Button onPress={onClose}>Close</Button>
      </div>
    </Dialog>
  );
}

function Keys({ keys }: { keys: readonly (readonly [about: string, pressed: readonly string[]])[] }) {
  return (
    <dl className="shortcuts">
      {keys.map(([about, pressed]) => (
        <div key={about}>
          <dt>{about}</dt>
          <dd>
            {pressed.map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}
