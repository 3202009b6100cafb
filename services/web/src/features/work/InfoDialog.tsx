/** Where a work comes from and what came of it. */

import { useQuery } from "@tanstack/react-query";

import { answer, api, type ApiSchemas } from "@/shared/api/client";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { ProblemNote } from "@/shared/ui/ProblemNote";
import { sayDay } from "@/shared/ui/time";
import { Waiting } from "@/shared/ui/Waiting";
import { KIND_WORDS, type Kind, type WorkId } from "./kinds";
import { paramsOf } from "./work";
import { WorkLink } from "./WorkLink";

const EVENTS: Record<ApiSchemas["EventBody"]["event"], string> = {
  created: "Begun",
  forked: "Made as a fork",
  published: "Published",
  hidden: "Hidden by administrators",
  disassociated: "Given up by its author",
};

interface InfoDialogProps {
  work: WorkId;
  isOpen: boolean;
  onClose: () => void;
}

export function InfoDialog({ work, isOpen, onClose }: InfoDialogProps) {
  return (
    <Dialog title={`${work.name}: origin and history`} isOpen={isOpen} onClose={onClose}>
      <Info work={work} />
      <div className="actions">
        <Button onPress={onClose}>Close</Button>
      </div>
    </Dialog>
  );
}

function Info({ work }: { work: WorkId }) {
  const info = useQuery({
    queryKey: ["info", work.kind, work.name],
    queryFn: () => answer(api.GET("/hub/{kind}/{name}/info", { params: paramsOf(work) })),
    staleTime: 0,
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
            <WorkLink work={origin} version={origin.version} />
            {origin.version === null ? "" : `, version ${origin.version}`}
          </dd>
        </div>
      )}
      <Works
        title="Imports"
        works={imports}
        note={({ hidden_reason: reason }) => reason !== null && "hidden, and imported no more"}
      />
      <Works title="Imported by" works={importers} note={({ author }) => author && `by ${author}`} />
      <Works title="Forks" works={forks} note={({ author }) => author && `by ${author}`} />
      <div>
        <dt>History</dt>
        <dd>
          <ul>
            {timeline.map(({ event, at, version }) => (
              <li key={`${event} ${at}`}>
                {EVENTS[event]}
                {event === "published" && version != null && ` as version ${version}`}, {sayDay(at)}
              </li>
            ))}
          </ul>
        </dd>
      </div>
    </dl>
  );
}

interface WorksProps<T extends WorkId & { version?: number | null }> {
  title: string;
  works: readonly T[];
  note: (work: T) => string | false | null;
}

function Works<T extends WorkId & { version?: number | null }>({ title, works, note }: WorksProps<T>) {
  if (works.length === 0) return null;
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        <ul>
          {works.map((work) => (
            <li key={`${work.kind} ${work.name}`}>
              <WorkLink work={work} />{" "}
              <span className="hint">{[ofKind(work.kind), note(work)].filter(Boolean).join(", ")}</span>
            </li>
          ))}
        </ul>
      </dd>
    </div>
  );
}

function ofKind(kind: Kind): string {
  return kind === "map" ? "" : KIND_WORDS[kind].one;
}
