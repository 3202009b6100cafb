/** A map of the hub: its author edits it, everybody else looks at a version. */

import { lazy, Suspense } from "react";

import { Waiting } from "@/shared/ui/Waiting";
import { PublishedMap } from "./PublishedMap";
import { WorkGate } from "./WorkGate";

const OwnMap = lazy(() => import("./OwnMap"));

export function WorkPage() {
  return (
    <WorkGate kind="map">
      {({ work, version, author }) =>
        author && version === null ? (
          <Suspense fallback={<Waiting />}>
            <OwnMap key={work.name} work={work} account={author} />
          </Suspense>
        ) : (
          <PublishedMap work={work} version={version ?? (work.latest_version || null)} isOwn={author !== null} />
        )
      }
    </WorkGate>
  );
}
