/** The keys of the workbench. None of them types a letter, and none is the browser's own. */

import { useEffect, useRef } from "react";

export interface Actions {
  render: () => void;
  stop: () => void;
  undo: () => void;
  redo: () => void;
  builder: () => void;
  code: () => void;
  addImport: () => void;
}

interface Shortcut {
  action: keyof Actions;
  about: string;
  /** Ctrl, or ⌘ on a Mac. */
  mod?: true;
  alt?: true;
  shift?: true;
  code: string;
  /** How the key is called. */
  key: string;
}

export const SHORTCUTS: readonly Shortcut[] = [
  { action: "render", about: "Render the map", mod: true, code: "Enter", key: "Enter" },
  { action: "stop", about: "Stop rendering", mod: true, shift: true, code: "Enter", key: "Enter" },
  { action: "undo", about: "Undo, in builder and code", mod: true, code: "KeyZ", key: "Z" },
  { action: "redo", about: "Redo", mod: true, shift: true, code: "KeyZ", key: "Z" },
  { action: "builder", about: "Builder", alt: true, shift: true, code: "KeyB", key: "B" },
  { action: "code", about: "Code", alt: true, shift: true, code: "KeyC", key: "C" },
  { action: "addImport", about: "Import a library, theme or map", mod: true, shift: true, code: "KeyX", key: "X" },
];

const IS_MAC = /Mac OS X|iP(hone|ad)/.test(navigator.userAgent);

/** Says how a shortcut is pressed: `Ctrl Shift Enter`. */
export function keysOf({ mod, alt, shift, key }: Shortcut): string[] {
  const held = [mod && (IS_MAC ? "⌘" : "Ctrl"), alt && (IS_MAC ? "⌥" : "Alt"), shift && (IS_MAC ? "⇧" : "Shift")];
  return [...held.filter((name) => name !== undefined), key];
}

/** Listens to the keys of the workbench as long as it is there. */
export function useShortcuts(actions: Actions): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const pressed = SHORTCUTS.find((shortcut) => isPressed(shortcut, event));
      if (!pressed || (event.defaultPrevented && pressed.action !== "render")) return;
      event.preventDefault();
      latest.current[pressed.action]();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
}

function isPressed({ mod, alt, shift, code }: Shortcut, event: KeyboardEvent): boolean {
  const isMod = IS_MAC ? event.metaKey : event.ctrlKey;
  return (
    event.code.replace("Numpad", "") === code &&
    isMod === Boolean(mod) &&
    event.altKey === Boolean(alt) &&
    event.shiftKey === Boolean(shift) &&
    !event.repeat
  );
}
