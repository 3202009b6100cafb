/** The map as it was rendered last, how the next one stands, and what the program said. */

import { useEffect, useState, useSyncExternalStore, type ReactNode } from "react";

import { Button, ButtonLink } from "@/shared/ui/Button";
import { MapFrame } from "./MapFrame";
import type { MapLink } from "./map_link";
import "./preview.css";
import { isUnderWay, type Renderer, type Run } from "./renderer";
import { headline, sentence } from "./wording";

interface PreviewProps {
  /** What leads to other maps. */
  tabs: ReactNode;
  renderer: Renderer;
  title: string;
  link: MapLink;
  onRender: () => void;
}

export function Preview({ tabs, renderer, title, link, onRender }: PreviewProps) {
  const { run, artefact } = useSyncExternalStore(renderer.subscribe, renderer.getState);
  return (
    <section className="preview" aria-label="Map">
      <div className="preview-bar">
        {tabs}
        {isUnderWay(run) ? (
          <Button isDisabled={run.isStopping} onPress={() => void renderer.stop()}>
            Stop
          </Button>
        ) : (
          <Button look="primary" onPress={onRender}>
            Render
          </Button>
        )}
        <Progress run={run} />
        {artefact && (
          <span className="row preview-links">
            <ButtonLink look="quiet" small href={artefact.url} target="_blank" rel="noopener">
              Open in a new tab
            </ButtonLink>
          </span>
        )}
      </div>
      {artefact ? (
        <MapFrame url={artefact.url} title={`Map: ${title}`} link={link} />
      ) : (
        <div className="preview-empty">
          <p>{isUnderWay(run) ? "The map appears here in a moment." : "The map appears here when it is rendered."}</p>
        </div>
      )}
    </section>
  );
}

/** Says how the render stands: by the second to the eye, only what is new to the ear. */
function Progress({ run }: { run: Run | null }) {
  const now = useNow(isUnderWay(run));
  if (!run) return <p className="hint progress">Not rendered yet</p>;
  const hasFailed = run.problem !== null || (run.endedAt !== null && run.render?.state !== "succeeded");
  return (
    <>
      <p className={hasFailed ? "progress bad" : "progress"} aria-hidden="true">
        {isUnderWay(run) && <span className="spinner" />}
        {run.problem ? "Not rendered" : sentence(run, now)}
      </p>
      <p className="visually-hidden" role="status">
        {run.problem ? "Not rendered" : headline(run)}
      </p>
    </>
  );
}

function useNow(isTicking: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!isTicking) return;
    const timer = setInterval(() => setNow(Date.now()), 100);
    return () => clearInterval(timer);
  }, [isTicking]);
  return now;
}
