/** Makes what is edited the next version, for everyone who may see the work. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { use, useState } from "react";

import { LinesContext } from "@/features/editor/lines_context";
import { usePublishedPicture } from "@/features/export/pictures";
import type { Saver } from "@/features/editor/saver";
import { answer, api } from "@/shared/api/client";
import { isProblem, Problem } from "@/shared/api/problem";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { FaultList, hasPlaces } from "@/shared/ui/FaultList";
import { ProblemNote } from "@/shared/ui/ProblemNote";
import type { WorkId } from "./kinds";
import { paramsOf, workQuery } from "./work";
import { WorkLink } from "./WorkLink";

const PART = /^\/(lib|css)\/(.+)$/;

export function PublishButton({ work, saver }: { work: WorkId; saver: Pick<Saver, "saved"> }) {
  const queries = useQueryClient();
  const lines = use(LinesContext);
  const setPicture = usePublishedPicture();
  const [isOpen, setOpen] = useState(false);
  const publish = useMutation({
    mutationFn: async () => {
      const tag = await saver.saved();
      if (tag === null) throw new Problem(0, { title: "What you see is not saved yet" });
      const params = { ...paramsOf(work), header: { "if-match": tag } };
      return answer(api.POST("/hub/{kind}/{name}/publish", { params }));
    },
    onSuccess: () => {
      setPicture(work);
      return queries.invalidateQueries({ queryKey: workQuery(work).queryKey });
    },
    onError: (error) => {
      if (isProblem(error) && !partOf(error)) lines?.mark(error.faults);
    },
  });
  const { data } = publish;
  const close = () => setOpen(false);
  return (
    <>
      <Button
        small
        look="primary"
        isDisabled={publish.isPending}
        onPress={() => {
          setOpen(true);
          publish.mutate();
        }}
      >
        Publish
      </Button>
      <Dialog title="Publish" isOpen={isOpen} onClose={close}>
        <div role="status">
          {publish.isPending && <p>Publishing …</p>}
          {data?.status === "published" && (
            <p>
              Published as{" "}
              <WorkLink work={work} version={data.version}>
                version {data.version}
              </WorkLink>
              , which does not change any more.
            </p>
          )}
          {data?.status === "no_changes" && <p>No changes since version {data.version}.</p>}
        </div>
        {publish.isError && (
          <Refusal
            error={publish.error}
            onLine={
              lines
                ? (line) => {
                    close();
                    lines.show(line);
                  }
                : undefined
            }
          />
        )}
        <div className="actions">
          <Button onPress={close}>Close</Button>
        </div>
      </Dialog>
    </>
  );
}

function Refusal({ error, onLine }: { error: Error; onLine: ((line: number) => void) | undefined }) {
  const part = isProblem(error) ? partOf(error) : null;
  return (
    <ProblemNote error={error} heading="Not published" isBrief={isProblem(error) && hasPlaces(error.faults)}>
      {part && (
        <p>
          It is in <WorkLink work={part} />, which belongs to this map.
        </p>
      )}
      {isProblem(error) && <FaultList faults={error.faults} onLine={part ? undefined : onLine} />}
    </ProblemNote>
  );
}

/** Returns the library or theme of the map in which the fault is, where it is not in the map itself. */
function partOf({ details }: Problem): WorkId | null {
  const [, kind, name] = PART.exec(typeof details.work === "string" ? details.work : "") ?? [];
  return name !== undefined && (kind === "lib" || kind === "css") ? { kind, name } : null;
}
