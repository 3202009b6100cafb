/** One's own map, to be edited and published. */

import { useState } from "react";

import type { Account } from "@/features/account/session";
import { openBench } from "@/features/editor/bench";
import { deviceCopy } from "@/features/editor/device_copy";
import { SaveStatus } from "@/features/editor/SaveStatus";
import { Workbench } from "@/features/editor/Workbench";
import { DetailsButton } from "./DetailsButton";
import { InfoButton } from "./InfoButton";
import { PublishButton } from "./PublishButton";
import { VersionMenu } from "./VersionMenu";
import { alphaStore, keptOf, type Work } from "./work";

export default function OwnMap({ work, account }: { work: Work; account: Account }) {
  const [bench] = useState(() => {
    const kept = keptOf(work);
    return openBench(alphaStore(work.name), deviceCopy(account.id, work.name), kept, kept.content);
  });
  return (
    <Workbench bench={bench} title={work.name}>
      <h1>{work.name}</h1>
      <VersionMenu work={work} version={null} isOwn />
      <SaveStatus bench={bench} />
      <PublishButton name={work.name} saver={bench.saver} />
      <DetailsButton work={work} />
      <InfoButton name={work.name} />
      {work.hidden_reason && <p className="hint">Hidden by administrators: {work.hidden_reason}</p>}
    </Workbench>
  );
}
