/** A map in the making: its program and its document, kept in step by the services, and what can be undone. */

import { amend, beginHistory, record, redo, undo, type History } from "./history";
import { carryIds } from "@/features/builder/layer_ids";
import type { Document } from "@/features/builder/document";
import { Problem, isAbort } from "@/shared/api/problem";

/** Name by which a program reads a file -> sha256 of its content. */
export type Files = Readonly<Record<string, string>>;

/** A map. Of program and document one may be null: behind the other, which was edited last. */
export interface MapContent {
  readonly program: string | null;
  readonly document: Document | null;
  readonly files: Files;
  /** Of a draft: its own territory library and theme. Those of a work are works themselves. */
  readonly library?: string;
  readonly theme?: string;
}

/** A map of which the program is known. */
export interface WrittenMap extends MapContent {
  readonly program: string;
}

/** What turns programs and documents into each other. */
export interface Conversion {
  read: (program: string, signal: AbortSignal) => Promise<Document>;
  write: (document: Document, signal: AbortSignal) => Promise<{ program: string; document: Document; files: Files }>;
}

/** How things stand, as those who watch are told. */
export interface EditorState {
  readonly content: MapContent;
  /** How often the map was changed; bringing program and document in step is no change. */
  readonly changes: number;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Why program and document cannot be brought in step; null: they are, or will be in a moment. */
  readonly problem: Problem | null;
}

export class MapEditor {
  readonly #conversion: Conversion;
  readonly #listeners = new Set<() => void>();
  #history: History<MapContent>;
  #changes = 0;
  #problem: Problem | null = null;
  #state: EditorState;
  #pending: { content: MapContent; abort: AbortController; done: Promise<MapContent> } | null = null;

  constructor(content: MapContent, conversion: Conversion) {
    this.#conversion = conversion;
    this.#history = beginHistory(content);
    this.#state = this.#look();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getState = (): EditorState => this.#state;

  /** Takes a program that somebody has typed. */
  editProgram(program: string, group: string | null = "typing"): void {
    if (program !== this.#history.present.program) this.#record({ program, document: null }, group);
  }

  /** Takes a changed document; changes of one `group` that follow each other closely are undone together. */
  editDocument(document: Document, group: string | null = null): void {
    if (document !== this.#history.present.document) this.#record({ program: null, document }, group);
  }

  editFiles(files: Files): void {
    this.#record({ files }, null);
  }

  /** Takes what somebody has typed as the draft's own library or theme. */
  editOwn(role: "library" | "theme", text: string): void {
    if (text !== this.#history.present[role]) this.#record({ [role]: text }, role);
  }

  /** Takes another map in the place of this one, as one step that can be undone. */
  replace(content: MapContent): void {
    this.#record(content, null);
  }

  readonly undo = (): void => this.#go(undo(this.#history));

  readonly redo = (): void => this.#go(redo(this.#history));

  /**
   * Returns the map with program and document, once they are in step.
   *
   * @throws {Problem} They cannot be: the program is not valid, or nobody answers.
   */
  async inStep(): Promise<MapContent> {
    for (;;) {
      const content = this.#history.present;
      if (content.program !== null && content.document !== null) return content;
      try {
        await this.#convert(content);
      } catch (error) {
        if (!isAbort(error)) throw error; // else another change came in between
      }
    }
  }

  /**
   * Returns the map with its program, as what renders and keeps it needs.
   *
   * @throws {Problem} The document cannot be written.
   */
  async written(): Promise<WrittenMap> {
    const { present } = this.#history;
    const content = present.program === null ? await this.inStep() : present;
    return { ...content, program: content.program ?? "" };
  }

  /** Reads the program anew: its names may mean something else by now. That is no change of the map. */
  async readAgain(): Promise<void> {
    if (this.#history.present.document === null) return; // it is being read, or will be
    try {
      const content = await this.inStep();
      const { document } = await this.#converted({ ...content, document: null }, new AbortController().signal);
      if (this.#history.present !== content || !document) return;
      if (content.document) carryIds(content.document, document);
      this.#history = amend(this.#history, { ...content, document });
      this.#tell();
    } catch (error) {
      if (!(error instanceof Problem) && !isAbort(error)) throw error;
    }
  }

  #record(change: Partial<MapContent>, group: string | null): void {
    this.#go(record(this.#history, { ...this.#history.present, ...change }, group, Date.now()));
  }

  #go(history: History<MapContent>): void {
    if (history === this.#history) return;
    if (history.present !== this.#history.present) {
      this.#pending?.abort.abort();
      this.#pending = null;
      this.#problem = null;
      this.#changes += 1;
    }
    this.#history = history;
    this.#tell();
  }

  /** Brings `content` in step, once for all who ask. */
  #convert(content: MapContent): Promise<MapContent> {
    if (this.#pending?.content === content) return this.#pending.done;
    const abort = new AbortController();
    const done = this.#converted(content, abort.signal).then(
      (result) => {
        if (this.#history.present !== content) throw new DOMException("superseded", "AbortError");
        this.#pending = null;
        this.#history = amend(this.#history, result);
        this.#tell();
        return result;
      },
      (error: unknown) => {
        if (this.#history.present === content) {
          this.#pending = null;
          if (error instanceof Problem) this.#problem = error;
          this.#tell();
        }
        throw error;
      },
    );
    this.#pending = { content, abort, done };
    return done;
  }

  async #converted(content: MapContent, signal: AbortSignal): Promise<MapContent> {
    if (content.document === null) {
      const document = await this.#conversion.read(content.program ?? "", signal);
      const before = this.#history.past.findLast((state) => state.document)?.document;
      if (before) carryIds(before, document);
      return { ...content, document };
    }
    const { program, document, files } = await this.#conversion.write(content.document, signal);
    carryIds(content.document, document);
    return { ...content, program, document, files: { ...content.files, ...files } };
  }

  #tell(): void {
    this.#state = this.#look();
    for (const listener of this.#listeners) listener();
  }

  #look(): EditorState {
    return {
      content: this.#history.present,
      changes: this.#changes,
      canUndo: this.#history.past.length > 0,
      canRedo: this.#history.future.length > 0,
      problem: this.#problem,
    };
  }
}
