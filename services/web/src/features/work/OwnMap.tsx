/** One's own map, to be edited and published. */

import { useMemo, useState } from "react";

import type { Account } from "@/features/account/session";
import { openBench, saveAll } from "@/features/editor/bench";
import { deviceCopy } from "@/features/editor/device_copy";
import { SaveStatus } from "@/features/editor/SaveStatus";
import { Workbench } from "@/features/editor/Workbench";
import { BenchExport } from "@/features/export/BenchExport";
import { OwnWork } from "@/features/library/OwnWork";
import { attach, useAttached, useOwnWork } from "@/features/library/own_works";
import { Waiting } from "@/shared/ui/Waiting";
import { PublishButton } from "./PublishButton";
import { VersionMenu } from "./VersionMenu";
import { alphaStore, keptOf, type Work } from "./work";
import { WorkMenu } from "./WorkMenu";

interface OwnMapProps {
  work: Work;
  account: Account;
}

export default function OwnMap({ work, account }: OwnMapProps) {
  const library = useOwnWork(work, "library");
  const theme = useOwnWork(work, "theme");
  const [isOpen, setOpen] = useState(false);
  if (!isOpen && library !== undefined && theme !== undefined) setOpen(true);
  if (!isOpen) return <Waiting what="Opening the map" />;
  return <OpenMap work={work} account={account} library={library} theme={theme} />;
}

interface OpenMapProps extends OwnMapProps {
  /** Its own ones; undefined: they are being loaded. */
  library: Work | null | undefined;
  theme: Work | null | undefined;
}

function OpenMap({ work, account, library, theme }: OpenMapProps) {
  const [bench] = useState(() => {
    const kept = keptOf(work);
    const opened = openBench(alphaStore(work), deviceCopy(account.id, work.name), kept, kept.content);
    attach(opened.own, "library", library ?? null, account);
    attach(opened.own, "theme", theme ?? null, account);
    return opened;
  });
  useAttached(bench.own, "library", library, account);
  useAttached(bench.own, "theme", theme, account);
  const whole = useMemo(() => ({ saved: () => saveAll(bench) }), [bench]);
  return (
    <Workbench
      bench={bench}
      title={work.name}
      aboutOwn={(role) => <OwnWork work={work} bench={bench} role={role} account={account} />}
    >
      <h1>{work.name}</h1>
      <VersionMenu work={work} version={null} isOwn />
      <SaveStatus bench={bench} />
      <PublishButton work={work} saver={whole} />
      <BenchExport bench={bench} name={work.name} own={work} />
      <WorkMenu work={work} version={null} isOwn saver={bench.saver} />
      {work.hidden_reason && <p className="hint">Hidden by administrators: {work.hidden_reason}</p>}
    </Workbench>
  );
}
