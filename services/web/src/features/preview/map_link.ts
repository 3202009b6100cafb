/** Speaks with the map in a frame: what is to be drawn on it, what is in view, how it looks. */

import { Problem } from "@/shared/api/problem";
import { hasNonce, readSaid, type Position, type Said } from "./messages";
import type { Marked } from "./picking";

/** What can be drawn. */
export type Shape = "point" | "path" | "polygon";

/** What somebody does on a map while they draw. */
export type Stroke =
  | { readonly kind: "points"; readonly points: readonly Position[] }
  | { readonly kind: "key"; readonly key: "Backspace" | "Escape" };

export interface View {
  readonly centre: Position;
  readonly zoom: number;
}

export interface Picture {
  readonly blob: Blob;
  /** How many tiles of the base map are not in it: their servers let nobody read them. */
  readonly tilesLeftOut: number;
  /** The same, of other pictures. */
  readonly imagesLeftOut: number;
}

export type PictureType = "image/png" | "image/jpeg";

type Answer = Extract<Said, { type: "mapView" | "mapPicture" }>;

const PATIENCE_MILLISECONDS = 30_000;
const MAX_MESSAGES = 30; // in a second: nobody clicks faster, but a hostile map would
const SIGNATURES: Record<PictureType, readonly number[]> = {
  "image/png": [0x89, 0x50, 0x4e, 0x47],
  "image/jpeg": [0xff, 0xd8, 0xff],
};

export class MapLink {
  readonly #onStroke: (stroke: Stroke) => void;
  readonly #listeners = new Set<() => void>();
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #post: ((message: unknown) => void) | null = null;
  #nonce = "";
  #isReady = false;
  #asked = 0;
  #heard = { second: 0, count: 0 };
  #drawn: { shape: Shape | null; points: readonly Position[] } = { shape: null, points: [] };
  #marked: readonly Marked[] = [];

  /** @param onStroke Hears what is done on the map while it is drawn on. */
  constructor(onStroke: (stroke: Stroke) => void = () => undefined) {
    this.#onStroke = onStroke;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Tells whether there is a map that answers. */
  readonly isReady = (): boolean => this.#isReady;

  /**
   * Begins to speak with another map.
   *
   * @param post Sends a message to its window.
   * @param nonce What it and we say with everything; nobody else knows it.
   * @returns Ends it.
   */
  attach(post: (message: unknown) => void, nonce: string): () => void {
    this.#post = post;
    this.#nonce = nonce;
    this.#ask("hello");
    return () => {
      if (this.#nonce !== nonce) return;
      this.#post = null;
      this.#nonce = "";
      this.#setReady(false);
    };
  }

  /** Takes a message that is from the map's window. */
  hear(message: unknown): void {
    if (this.#nonce === "" || !hasNonce(message, this.#nonce) || this.#isFlooded()) return;
    const said = readSaid(message);
    switch (said?.type) {
      case "mapHello":
        this.#setReady(true);
        if (this.#drawn.shape) this.#ask("draw", this.#drawn);
        if (this.#marked.length > 0) this.mark(this.#marked);
        break;
      case "mapPoint":
        this.#tellStroke({ kind: "points", points: [[said.lat, said.lng]] });
        break;
      case "mapStroke":
        this.#tellStroke({ kind: "points", points: said.points });
        break;
      case "mapKey":
        this.#tellStroke({ kind: "key", key: said.key });
        break;
      case "mapView":
      case "mapPicture":
        this.#waiting.get(said.id)?.(said);
        break;
      case undefined:
    }
  }

  /** Lets a shape be drawn on the map, which shows what there is of it; null: no more. */
  draw(shape: Shape | null, points: readonly Position[]): void {
    if (shape === null && this.#drawn.shape === null) return;
    this.#drawn = { shape, points };
    if (this.#isReady) this.#ask("draw", this.#drawn);
  }

  /** Shows on a map of units which of them a field has. */
  mark(marked: readonly Marked[]): void {
    this.#marked = marked;
    if (this.#isReady) this.#ask("mark", { marked });
  }

  /**
   * Returns what is in view.
   *
   * @throws {Problem} There is no map, or it does not answer.
   */
  async view(): Promise<View> {
    const answer = await this.#answerTo("view");
    if (answer.type !== "mapView") throw noAnswer();
    return { centre: [answer.lat, answer.lng], zoom: answer.zoom };
  }

  /**
   * Returns a picture of what is in view, once the map is drawn.
   *
   * @param scale How many pixels a pixel of the page is wide.
   * @throws {Problem} There is no map, it does not answer, or it cannot make one.
   */
  async picture(scale: number, type: PictureType): Promise<Picture> {
    if (!this.#isReady) await this.#becomesReady();
    const answer = await this.#answerTo("picture", { scale, type });
    if (answer.type !== "mapPicture") throw noAnswer();
    if ("error" in answer) throw new Problem(0, { title: "The map makes no picture of itself", detail: answer.error });
    const head = new Uint8Array(answer.bytes, 0, Math.min(4, answer.bytes.byteLength));
    if (!SIGNATURES[type].every((byte, index) => head[index] === byte)) throw noAnswer();
    const { tilesLeftOut, imagesLeftOut } = answer;
    return { blob: new Blob([answer.bytes], { type }), tilesLeftOut, imagesLeftOut };
  }

  #tellStroke(stroke: Stroke): void {
    if (this.#drawn.shape !== null) this.#onStroke(stroke);
  }

  /** Counts a message; tells whether there have been too many of late. */
  #isFlooded(): boolean {
    const second = Math.floor(Date.now() / 1000);
    this.#heard = { second, count: this.#heard.second === second ? this.#heard.count + 1 : 1 };
    return this.#heard.count > MAX_MESSAGES;
  }

  #becomesReady(): Promise<void> {
    return inTime((tell) =>
      this.subscribe(() => {
        if (this.#isReady) tell();
      }),
    );
  }

  #answerTo(ask: "view" | "picture", details: object = {}): Promise<Answer> {
    if (!this.#isReady) return Promise.reject(noAnswer());
    const id = ++this.#asked;
    this.#ask(ask, { id, ...details });
    return inTime((tell) => {
      this.#waiting.set(id, tell);
      return () => this.#waiting.delete(id);
    });
  }

  #ask(ask: string, details: object = {}): void {
    this.#post?.({ nonce: this.#nonce, ask, ...details });
  }

  #setReady(isReady: boolean): void {
    this.#isReady = isReady;
    for (const listener of this.#listeners) listener();
  }
}

/** Returns what is told within our patience; `listen` begins to wait for it, and returns what ends that. */
function inTime<Told>(listen: (tell: (told: Told) => void) => () => void): Promise<Told> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer);
      stopListening();
    };
    const timer = setTimeout(() => {
      end();
      reject(noAnswer());
    }, PATIENCE_MILLISECONDS);
    const stopListening = listen((told) => {
      end();
      resolve(told);
    });
  });
}

function noAnswer(): Problem {
  return new Problem(0, {
    title: "There is no map that answers",
    detail: "Wait until it is drawn, or render it anew.",
  });
}
