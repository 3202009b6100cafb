/** Begins a library or theme of one's own. */

import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { Button } from "react-aria-components";

import { useAccount } from "@/features/account/session";
import { pageOf } from "@/features/work/addresses";
import { NameDialog } from "@/features/work/NameDialog";
import { paramsOf, workQuery } from "@/features/work/work";
import { answer, api } from "@/shared/api/client";
import { ABOUT, EXAMPLES, type SourceKind } from "./beginnings";

const TITLES: Readonly<Record<SourceKind, string>> = { lib: "A territory library", css: "A theme" };

export function NewSource({ kind }: { kind: SourceKind }) {
  const account = useAccount();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const words = (
    <>
      <strong>{TITLES[kind]}</strong>
      <span className="hint">{ABOUT[kind]}</span>
    </>
  );
  if (!account) {
    return (
      <Link to="/login" search={{ next: "/new" }} className="card beginning">
        {words}
        <span className="hint">Sign in first: it has a name of its own.</span>
      </Link>
    );
  }
  return (
    <>
      <Button className="card beginning" onPress={() => setOpen(true)}>
        {words}
      </Button>
      <NameDialog
        title={TITLES[kind]}
        kind={kind}
        base={`${account.username}_${kind === "lib" ? "library" : "theme"}`}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        onName={async (name, visibility) => {
          const work = { kind, name };
          const params = { ...paramsOf(work), header: { "if-none-match": "*" as const } };
          const body = { content: EXAMPLES[kind], visibility };
          const made = await answer(api.PUT("/hub/{kind}/{name}/alpha", { params, body }));
          queries.setQueryData(workQuery(work).queryKey, made);
          await navigate(pageOf(work));
        }}
      />
    </>
  );
}
