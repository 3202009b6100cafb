/** Where a map comes from and what came of it. */

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";

import { answer, api, type ApiSchemas } from "@/shared/api/client";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { ProblemNote } from "@/shared/ui/ProblemNote";
import { sayDay } from "@/shared/ui/time";
import { Waiting } from "@/shared/ui/Waiting";
import { pathOf } from "./work";

const EVENTS: Record<ApiSchemas["EventBody"]["event"], string> = {
  created: "Begun",
  forked: "Forked",
  published: "Published",
  hidden: "Hidden",
  disassociated: "Given up by its author",
};

export function InfoButton({ name }: { name: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button small onPress={() => setOpen(true)}>
        Info
      </Button>
      <Dialog title={name} isOpen={isOpen} onClose={() => setOpen(false)}>
        <Info name={name} />
        <div className="actions">
          <Button onPress={() => setOpen(false)}>Close</Button>
        </div>
      </Dialog>
    </>
  );
}

function Info({ name }: { name: string }) {
  const info = useQuery({
    queryKey: ["info", name],
    queryFn: () => answer(api.GET("/hub/{kind}/{name}/info", { params: pathOf(name) })),
  });
  if (info.isPending) return <Waiting />;
  if (info.isError) return <ProblemNote error={info.error} onRetry={() => void info.refetch()} />;
  const { forked_from: origin, forks, importers, imports, timeline } = info.data;
  return (
    <dl className="info">
      {origin && (
        <div>
          <dt>Forked from</dt>
          <dd>
            <Link to="/$name" params={{ name: origin.name }}>
              {origin.name}
            </Link>
            {origin.version === null ? "" : `, version ${origin.version}`}
          </dd>
        </div>
      )}
      <Works title="Forks" works={forks} />
      <Works title="Imported by" works={importers} />
      <Works title="Imports" works={imports} />
      <div>
        <dt>History</dt>
        <dd>
          <ul>
            {timeline.map(({ event, at, version }) => (
              <li key={`${event} ${at}`}>
                {EVENTS[event]}
                {version == null ? "" : ` as version ${version}`}, {sayDay(at)}
              </li>
            ))}
          </ul>
        </dd>
      </div>
    </dl>
  );
}

function Works({ title, works }: { title: string; works: readonly { kind: string; name: string }[] }) {
  if (works.length === 0) return null;
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        <ul>
          {works.map(({ kind, name }) => (
            <li key={`${kind} ${name}`}>
              {kind === "map" ? (
                <Link to="/$name" params={{ name }}>
                  {name}
                </Link>
              ) : (
                `${name} (${kind === "lib" ? "library" : "theme"})`
              )}
            </li>
          ))}
        </ul>
      </dd>
    </div>
  );
}
