/** Makes what is edited the next version, for everyone who may see the map. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import type { Saver } from "@/features/editor/saver";
import { answer, api } from "@/shared/api/client";
import { Problem } from "@/shared/api/problem";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { ProblemNote } from "@/shared/ui/ProblemNote";
import { pathOf, workQuery } from "./work";

export function PublishButton({ name, saver }: { name: string; saver: Saver }) {
  const queries = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const publish = useMutation({
    mutationFn: async () => {
      const tag = await saver.saved();
      if (tag === null) throw new Problem(0, { title: "The map itself is not saved yet" });
      const params = { ...pathOf(name), header: { "if-match": tag } };
      return answer(api.POST("/hub/{kind}/{name}/publish", { params }));
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: workQuery(name).queryKey }),
  });
  const { data } = publish;
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
      <Dialog title="Publish" isOpen={isOpen} onClose={() => setOpen(false)}>
        <div role="status">
          {publish.isPending && <p>Publishing …</p>}
          {data?.status === "published" && <p>Published as version {data.version}. It will not change any more.</p>}
          {data?.status === "no_changes" && <p>Nothing has changed since version {data.version}.</p>}
        </div>
        {publish.isError && <ProblemNote error={publish.error} heading="Not published" />}
        <div className="actions">
          <Button onPress={() => setOpen(false)}>Close</Button>
        </div>
      </Dialog>
    </>
  );
}
