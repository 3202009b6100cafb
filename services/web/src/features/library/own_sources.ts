/** What runs before a map's program, in its scope: its own territory library and its own theme. */

import type { MapEditor } from "@/features/editor/map_editor";
import { answer, api } from "@/shared/api/client";
import { isProblem, type Problem } from "@/shared/api/problem";

export type Role = "library" | "theme";

/** A text that is edited. */
export interface OwnSource {
  /** What it is a part of, with all that can be undone. */
  readonly editor: MapEditor;
  getText: () => string;
  edit: (text: string) => void;
  /** Saves what has not been saved yet, where it is kept apart from the map; tells whether that is done. */
  save?: () => Promise<boolean>;
}

export interface OwnState {
  /** Null: the map has none. */
  readonly library: OwnSource | null;
  readonly theme: OwnSource | null;
  /** What they say; empty where there is none. */
  readonly texts: Readonly<Record<Role, string>>;
  /** The names that the library gives, as far as it could be read last. */
  readonly names: readonly string[];
  /** Why the library cannot be read as it is now. */
  readonly problem: Problem | null;
}

/** Tells which names a source defines. */
export type ReadNames = (source: string) => Promise<readonly string[]>;

const QUIET_MILLISECONDS = 600;

/** The own library and theme of one map that is open. */
export class OwnSources {
  readonly #readNames: ReadNames;
  readonly #listeners = new Set<() => void>();
  readonly #forget: Partial<Record<Role, (() => void) | undefined>> = {};
  #state: OwnState = { library: null, theme: null, texts: { library: "", theme: "" }, names: [], problem: null };
  #reading: { text: string | null; done: Promise<readonly string[]> } = { text: "", done: Promise.resolve([]) };
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(readNames: ReadNames = namesIn) {
    this.#readNames = readNames;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getState = (): OwnState => this.#state;

  /** Takes a source; null: the map has none from now on. */
  set(role: Role, source: OwnSource | null): void {
    if (this.#state[role] === source) return;
    this.#forget[role]?.();
    this.#state = { ...this.#state, [role]: source };
    this.#forget[role] = source?.editor.subscribe(() => this.#look(role));
    this.#look(role, true);
  }

  /** Returns the names that the library gives as it is now; of one that cannot be read, those that it gave before. */
  names(): Promise<readonly string[]> {
    const text = this.#state.texts.library;
    if (this.#reading.text !== text) {
      const done = Promise.resolve().then(() => this.#read(text));
      this.#reading = { text, done };
    }
    return this.#reading.done;
  }

  /** Saves both, where they are kept apart from the map; tells whether that is done. */
  async save(): Promise<boolean> {
    const { library, theme } = this.#state;
    const saved = await Promise.all([library?.save?.(), theme?.save?.()]);
    return !saved.includes(false);
  }

  #look(role: Role, isNew = false): void {
    const text = this.#state[role]?.getText() ?? "";
    if (text === this.#state.texts[role] && !isNew) return;
    this.#tell({ texts: { ...this.#state.texts, [role]: text } });
    if (role !== "library") return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.names(), QUIET_MILLISECONDS);
  }

  async #read(text: string): Promise<readonly string[]> {
    let names = this.#state.names;
    let problem: Problem | null = null;
    try {
      names = text.trim() ? await this.#readNames(text) : [];
    } catch (error) {
      if (!isProblem(error)) throw error;
      problem = error;
    }
    if (this.#reading.text === text) {
      if (problem?.retrySeconds != null) this.#reading = { ...this.#reading, text: null }; // to be asked for again
      this.#tell({ names: equal(names, this.#state.names), problem });
    }
    return names;
  }

  #tell(change: Partial<OwnState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}

/** Asks the services which names a program defines. */
export async function namesIn(source: string): Promise<readonly string[]> {
  const { names } = await answer(api.POST("/imports/resolve", { body: { program: source } }));
  return names;
}

/** Returns `before` where nothing is new, so that whoever watches it sees no change. */
function equal(names: readonly string[], before: readonly string[]): readonly string[] {
  return names.length === before.length && names.every((name, index) => name === before[index]) ? before : names;
}
