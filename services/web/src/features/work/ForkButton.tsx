/** Makes a work of one's own from one that is there. */

import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";

import { useAccount } from "@/features/account/session";
import { answer, api } from "@/shared/api/client";
import { Button } from "@/shared/ui/Button";
import { pageOf, pathOf } from "./addresses";
import type { WorkId } from "./kinds";
import { NameDialog } from "./NameDialog";
import { paramsOf } from "./work";

interface ForkButtonProps {
  work: WorkId;
  /** Null: the alpha, of one's own works. */
  version: number | null;
}

export function ForkButton({ work, version }: ForkButtonProps) {
  const account = useAccount();
  const navigate = useNavigate();
  const [isOpen, setOpen] = useState(false);
  if (!account) {
    return (
      <Link to="/login" search={{ next: pathOf(work) }} className="button small">
        Sign in to fork it
      </Link>
    );
  }
  return (
    <>
      <Button small onPress={() => setOpen(true)}>
        Fork
      </Button>
      <NameDialog
        title={`Fork ${work.name}`}
        kind={work.kind}
        base={work.name}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        onName={async (name, visibility) => {
          const body = { name, visibility, version: version ?? ("alpha" as const) };
          const fork = await answer(api.POST("/hub/{kind}/{name}/fork", { params: paramsOf(work), body }));
          setOpen(false);
          await navigate(pageOf(fork));
        }}
      />
    </>
  );
}
