/** Makes a work of the draft. */

import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";

import type { Account } from "@/features/account/session";
import { DRAFTS_KEY } from "@/features/drafts/drafts";
import type { Saver } from "@/features/editor/saver";
import { answer, api } from "@/shared/api/client";
import { Problem } from "@/shared/api/problem";
import { Button } from "@/shared/ui/Button";
import { NameDialog } from "./NameDialog";

export function SaveDraftAs({ account, saver }: { account: Account | null; saver: Saver }) {
  const [isOpen, setOpen] = useState(false);
  const navigate = useNavigate();
  const queries = useQueryClient();
  if (!account) {
    return (
      <Link to="/login" search={{ next: "/" }} className="button small">
        Sign in to name it
      </Link>
    );
  }
  return (
    <>
      <Button small onPress={() => setOpen(true)}>
        Save as …
      </Button>
      <NameDialog
        title="Save the draft as a map"
        kind="map"
        base={`${account.username}_map`}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        onName={async (name, visibility) => {
          const tag = await saver.saved();
          if (tag === null) throw new Problem(0, { title: "The draft itself is not saved yet" });
          await answer(
            api.POST("/drafts/current/promote", {
              params: { header: { "if-match": tag } },
              body: { name, visibility },
            }),
          );
          await queries.invalidateQueries({ queryKey: DRAFTS_KEY });
          await navigate({ to: "/$name", params: { name } });
        }}
      />
    </>
  );
}
