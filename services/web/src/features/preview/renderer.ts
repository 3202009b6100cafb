/** Renders one map at a time: a new render ends the interest in the former. */

import { Problem, isAbort } from "@/shared/api/problem";
import { hasEnded, type Render, type RenderRequest, type RenderService } from "./render";

/** What is known here of one render. Times are in milliseconds since 1970. */
export interface Run {
  readonly sentAt: number;
  /** What is rendered; null: that is being found out. */
  readonly program: string | null;
  readonly runningSince: number | null;
  readonly endedAt: number | null;
  /** What the service said last. */
  readonly render: Render | null;
  readonly isStopping: boolean;
  /** Why there is no render. */
  readonly problem: Problem | null;
}

export interface RendererState {
  /** The last render that was asked for; null: none was. */
  readonly run: Run | null;
  /** Where the newest map lies. */
  readonly artefact: Render["artefact"];
}

export function isUnderWay(run: Run | null | undefined): run is Run {
  return run?.endedAt === null;
}

/** A run, and how to end the interest in it. */
interface Interest {
  run: Run;
  abort: AbortController;
}

export class Renderer {
  readonly #service: RenderService;
  readonly #listeners = new Set<() => void>();
  #interest: Interest | null = null;
  #state: RendererState = { run: null, artefact: null };

  constructor(service: RenderService) {
    this.#service = service;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getState = (): RendererState => this.#state;

  /** Renders what `prepare` gives, which may take its time; it never throws. */
  async render(prepare: () => Promise<RenderRequest>): Promise<void> {
    this.abandon();
    const mine: Interest = { run: newRun(), abort: new AbortController() };
    this.#interest = mine;
    this.#tell();
    try {
      const request = await prepare();
      if (this.#interest !== mine) return;
      this.#change(mine, { program: request.program ?? null });
      if (mine.run.isStopping) {
        this.#change(mine, { endedAt: Date.now() });
        return;
      }
      const render = await this.#service.ask(request);
      this.#change(mine, { render });
      if (this.#interest !== mine) this.#cancelQuietly(render);
      else await this.#seeToTheEnd(mine, render);
    } catch (error) {
      this.#fail(mine, error);
    }
  }

  /** Asks the service to stop the render; a moment later it has ended. */
  readonly stop = async (): Promise<void> => {
    const mine = this.#interest;
    if (!isUnderWay(mine?.run) || mine.run.isStopping) return;
    this.#change(mine, { isStopping: true });
    const { render } = mine.run;
    if (!render) return; // it is stopped as soon as it has an id
    try {
      await this.#cancel(mine, render);
    } catch (error) {
      this.#fail(mine, error);
    }
  };

  /** Ends the interest in the render that is under way; nobody waits for the answer. */
  abandon(): void {
    const mine = this.#interest;
    if (!isUnderWay(mine?.run)) return;
    this.#interest = null;
    mine.abort.abort();
    if (mine.run.render) this.#cancelQuietly(mine.run.render);
  }

  async #seeToTheEnd(mine: Interest, render: Render): Promise<void> {
    if (mine.run.isStopping && !hasEnded(render)) await this.#cancel(mine, render);
    if (mine.run.endedAt !== null) return;
    await this.#service.follow(render.id, (later) => this.#change(mine, { render: later }), mine.abort.signal);
  }

  async #cancel(mine: Interest, render: Render): Promise<void> {
    this.#change(mine, { render: await this.#service.cancel(render.id) });
  }

  #cancelQuietly(render: Render): void {
    if (!hasEnded(render)) this.#service.cancel(render.id).catch(() => undefined);
  }

  #change(mine: Interest, change: Partial<Run>): void {
    const run = { ...mine.run, ...change };
    const { render } = run;
    const runningSince = run.runningSince ?? (render?.state === "running" ? Date.now() : null);
    const endedAt = run.endedAt ?? (run.problem || (render && hasEnded(render)) ? Date.now() : null);
    mine.run = { ...run, runningSince, endedAt };
    if (this.#interest === mine) this.#tell();
  }

  #fail(mine: Interest, error: unknown): void {
    if (isAbort(error) || this.#interest !== mine) return;
    if (!(error instanceof Problem)) throw error;
    this.#change(mine, { problem: error });
  }

  #tell(): void {
    const run = this.#interest?.run ?? null;
    this.#state = { run, artefact: run?.render?.artefact ?? this.#state.artefact };
    for (const listener of this.#listeners) listener();
  }
}

function newRun(): Run {
  return {
    sentAt: Date.now(),
    program: null,
    runningSince: null,
    endedAt: null,
    render: null,
    isStopping: false,
    problem: null,
  };
}
