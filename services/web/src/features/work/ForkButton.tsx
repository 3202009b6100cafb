/** Makes a map of one's own from somebody's. */

import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";

import { useAccount } from "@/features/account/session";
import { answer, api } from "@/shared/api/client";
import { Button } from "@/shared/ui/Button";
import { NameDialog } from "./NameDialog";
import { pathOf, type Work } from "./work";

export function ForkButton({ work, version }: { work: Work; version: number }) {
  const account = useAccount();
  const navigate = useNavigate();
  const [isOpen, setOpen] = useState(false);
  if (!account) {
    return (
      <Link to="/login" search={{ next: `/${work.name}` }} className="button">
        Sign in to fork it
      </Link>
    );
  }
  return (
    <>
      <Button onPress={() => setOpen(true)}>Fork</Button>
      <NameDialog
        title={`Fork ${work.name}`}
        base={work.name}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        onName={async (name, visibility) => {
          const body = { name, visibility, version };
          await answer(api.POST("/hub/{kind}/{name}/fork", { params: pathOf(work.name), body }));
          await navigate({ to: "/$name", params: { name } });
        }}
      />
    </>
  );
}
