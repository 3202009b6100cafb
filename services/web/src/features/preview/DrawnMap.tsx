/** A map that is drawn for this page itself, to look at or to pick from; it gives way to the next when that is there. */

import { useCallback, useEffect, useState, useSyncExternalStore } from "react";

import { ProblemNote } from "@/shared/ui/ProblemNote";
import { Waiting } from "@/shared/ui/Waiting";
import type { MapLink } from "./map_link";
import { MapFrame } from "./MapFrame";
import type { Pick } from "./picks";
import type { Render } from "./render";
import { renderService } from "./render_service";
import { Renderer } from "./renderer";

interface DrawnMapProps<T> {
  /** What is asked for; JSON. */
  wanted: T;
  /** Asks the services for the map; always the same function. */
  ask: (wanted: T) => Promise<Render>;
  title: string;
  link?: MapLink;
  onPick?: (pick: Pick) => void;
}

export function DrawnMap<T>({ wanted, ask, ...frame }: DrawnMapProps<T>) {
  const [renderer] = useState(() => new AskingRenderer(ask));
  const { run, artefact } = useSyncExternalStore(renderer.subscribe, renderer.getState);
  const key = JSON.stringify(wanted);
  const start = useCallback(() => renderer.show(JSON.parse(key) as T), [renderer, key]);
  useEffect(() => {
    start();
    return () => renderer.abandon();
  }, [renderer, start]);
  if (run?.problem) {
    return (
      <div className="drawn-note">
        <ProblemNote error={run.problem} onRetry={start} />
      </div>
    );
  }
  if (run?.render?.error) {
    return (
      <div className="drawn-note">
        <p className="note bad" role="alert">
          {run.render.error.message}
        </p>
      </div>
    );
  }
  if (!artefact) return <Waiting what="Drawing the map" />;
  return <MapFrame url={artefact.url} {...frame} />;
}

class AskingRenderer<T> extends Renderer {
  #wanted: T | undefined;

  constructor(ask: (wanted: T) => Promise<Render>) {
    super({ ...renderService, ask: () => ask(this.#wanted as T) });
  }

  show(wanted: T): void {
    this.#wanted = wanted;
    void this.render(() => Promise.resolve({}));
  }
}
