/** Keeps what is edited, a draft or a work's alpha: at once on this device, a moment later with the service. */

import { isProblem, Problem } from "@/shared/api/problem";
import type { MapContent, WrittenMap } from "./map_editor";

/** What the service has of a map. */
export interface Kept {
  readonly content: WrittenMap;
  /** Changes whenever the map does; who saves says which one they know. */
  readonly tag: string;
}

/** Where the services keep a map: as a draft, or as the alpha of a work. */
export interface MapStore {
  /** Returns the map; null: there is none. */
  load: () => Promise<Kept | null>;
  /**
   * Saves the map in the place of the one that has this tag; null: of none.
   *
   * @throws {Problem} It is refused, or nobody answers.
   */
  save: (content: WrittenMap, tag: string | null) => Promise<Saved>;
}

/** What became of a save. */
export type Saved =
  | { readonly kind: "saved"; readonly tag: string }
  /** It was changed elsewhere meanwhile; null: deleted. */
  | { readonly kind: "stale"; readonly theirs: Kept | null };

/** What this device has of a map that the service does not have yet. */
export interface Unsaved {
  readonly content: MapContent;
  /** Of what the service had when it was made. */
  readonly tag: string | null;
}

export interface DeviceCopy {
  load: () => Unsaved | null;
  /** Keeps it; tells whether there was room. */
  save: (unsaved: Unsaved) => boolean;
  clear: () => void;
}

export type SaveState =
  | { readonly kind: "saved" }
  /** The service gets it in a moment. */
  | { readonly kind: "changed" }
  | { readonly kind: "saving" }
  /** The service does not have it, and why; this device does, if `onDevice`. Another try is made where that may help. */
  | { readonly kind: "unsaved"; readonly problem: Problem; readonly onDevice: boolean }
  /** It was changed elsewhere too: somebody has to decide. */
  | { readonly kind: "conflict"; readonly theirs: Kept };

const QUIET_MILLISECONDS = 1200;
const MAX_RETRY_MILLISECONDS = 60_000;

export class Saver {
  readonly #service: MapStore;
  readonly #device: DeviceCopy;
  /** Returns the map with its program, once that is known. */
  readonly #written: () => Promise<WrittenMap>;
  readonly #listeners = new Set<() => void>();
  #tag: string | null;
  #state: SaveState = { kind: "saved" };
  #changes = 0;
  #onDevice = true;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #saving: Promise<void> | null = null;

  constructor(service: MapStore, device: DeviceCopy, written: () => Promise<WrittenMap>, opened: Opened) {
    this.#service = service;
    this.#device = device;
    this.#written = written;
    this.#tag = opened.tag;
    if (opened.isUnsaved) this.#state = { kind: "changed" };
    if (opened.conflict) this.#state = { kind: "conflict", theirs: opened.conflict };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getState = (): SaveState => this.#state;

  /** Takes note of a change: keeps it on this device now, and with the service when it is quiet. */
  changed(content: MapContent): void {
    this.#changes += 1;
    this.#onDevice = this.#device.save({ content, tag: this.#tag });
    if (this.#state.kind === "conflict") return;
    if (this.#state.kind === "saved") this.#tell({ kind: "changed" });
    this.#schedule(QUIET_MILLISECONDS);
  }

  /** Saves now what has not been saved yet. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#saving;
    if (this.#state.kind === "saved" || this.#state.kind === "conflict") return;
    this.#saving = this.#save();
    await this.#saving;
    this.#saving = null;
  }

  /** Begins with what this device had that the service did not. */
  resume(): void {
    if (this.#state.kind === "changed") this.#schedule(0);
  }

  /**
   * Saves what has not been saved yet, and returns the tag of what the service has then.
   *
   * @returns Null: it could not be saved; the state says why.
   */
  async saved(): Promise<string | null> {
    // What a map begins with is sent only once somebody wants it kept.
    if (this.#state.kind === "saved" && this.#tag === null) this.#tell({ kind: "changed" });
    await this.flush();
    return this.#state.kind === "saved" ? this.#tag : null;
  }

  /**
   * Changes something else of what the service keeps; saves wait until that is done.
   *
   * @param change Gets the tag that it has, and returns the one that it has then.
   * @throws {Problem} What is edited cannot be saved before, or the change is refused.
   */
  async alter(change: (tag: string) => Promise<string>): Promise<void> {
    const tag = await this.saved();
    if (tag === null) throw new Problem(0, { title: "What you see is not saved yet" });
    const changing = change(tag).then((changed) => {
      this.#tag = changed;
    });
    this.#saving = changing.catch(() => undefined);
    await changing;
  }

  /** Ends a conflict: what is edited here replaces what was changed elsewhere. */
  async keepMine(): Promise<void> {
    if (this.#state.kind !== "conflict") return;
    this.#tag = this.#state.theirs.tag;
    this.#tell({ kind: "changed" });
    await this.flush();
  }

  /** Ends a conflict: returns what was changed elsewhere, to be edited from now on. */
  takeTheirs(): WrittenMap | null {
    if (this.#state.kind !== "conflict") return null;
    const { theirs } = this.#state;
    this.#tag = theirs.tag;
    this.#device.clear();
    this.#tell({ kind: "saved" });
    return theirs.content;
  }

  #schedule(milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), milliseconds);
  }

  async #save(): Promise<void> {
    const changes = this.#changes;
    this.#tell({ kind: "saving" });
    let saved: Saved;
    try {
      saved = await this.#service.save(await this.#written(), this.#tag);
    } catch (error) {
      this.#fail(error);
      return;
    }
    this.#failures = 0;
    if (saved.kind === "stale" && saved.theirs) {
      this.#tell({ kind: "conflict", theirs: saved.theirs });
      return;
    }
    this.#tag = saved.kind === "saved" ? saved.tag : null;
    if (saved.kind === "saved" && changes === this.#changes) {
      this.#device.clear();
      this.#tell({ kind: "saved" });
    } else {
      this.#tell({ kind: "changed" });
      this.#schedule(QUIET_MILLISECONDS);
    }
  }

  #fail(error: unknown): void {
    if (!isProblem(error)) throw error;
    this.#tell({ kind: "unsaved", problem: error, onDevice: this.#onDevice });
    if (error.retrySeconds === null) return;
    this.#failures += 1;
    this.#schedule(Math.min(MAX_RETRY_MILLISECONDS, error.retrySeconds * 1000 * this.#failures));
  }

  #tell(state: SaveState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

/** What to begin with, and what is to be said of it. */
export interface Opened {
  readonly content: MapContent | null;
  readonly tag: string | null;
  /** This device has changes that the service does not have. */
  readonly isUnsaved: boolean;
  /** What the service has, where it was changed elsewhere meanwhile. */
  readonly conflict: Kept | null;
}

/** Decides between what this device has and what the service has. */
export function reconcile(unsaved: Unsaved | null, kept: Kept | null): Opened {
  const tag = kept?.tag ?? null;
  if (!unsaved) return { content: kept?.content ?? null, tag, isUnsaved: false, conflict: null };
  if (kept && saysTheSame(kept.content, unsaved.content)) {
    return { content: kept.content, tag, isUnsaved: false, conflict: null };
  }
  const conflict = kept && kept.tag !== unsaved.tag ? kept : null;
  return { content: unsaved.content, tag, isUnsaved: true, conflict };
}

function saysTheSame(kept: WrittenMap, unsaved: MapContent): boolean {
  const { program, library = "", theme = "" } = unsaved;
  return kept.program === program && (kept.library ?? "") === library && (kept.theme ?? "") === theme;
}
