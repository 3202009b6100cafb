/** Says which work a map's own library or theme is, and lets the map have another, a new one, or none. */

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";

import type { Account } from "@/features/account/session";
import type { Bench } from "@/features/editor/bench";
import { SaveStatus } from "@/features/editor/SaveStatus";
import { KIND_WORDS } from "@/features/work/kinds";
import { suggestionQuery } from "@/features/work/names";
import { paramsOf, workQuery, type Work } from "@/features/work/work";
import { WorkLink } from "@/features/work/WorkLink";
import { answer, api } from "@/shared/api/client";
import { Button } from "@/shared/ui/Button";
import { ProblemNote } from "@/shared/ui/ProblemNote";
import { EXAMPLES, KIND_OF } from "./beginnings";
import type { Role } from "./own_sources";
import { isWorkSource } from "./sources";

interface OwnWorkProps {
  /** The map. */
  work: Work;
  bench: Bench;
  role: Role;
  account: Account;
}

export function OwnWork({ work, bench: { own, saver }, role, account }: OwnWorkProps) {
  const queries = useQueryClient();
  const source = useSyncExternalStore(own.subscribe, own.getState)[role];
  const kind = KIND_OF[role];
  const { one } = KIND_WORDS[kind];
  const linked = work[role];
  const others = useQuery({
    queryKey: ["works", account.username, kind, "first"],
    queryFn: () =>
      answer(api.GET("/users/{username}/works", { params: { path: { username: account.username }, query: { kind } } })),
  });
  const link = useMutation({
    mutationFn: async (name: string | null) => {
      // The map's tag changes with it: no save of the map may come between.
      await saver.alter(async (tag) => {
        const params = { ...paramsOf(work), header: { "if-match": tag } };
        const changed = await answer(api.PUT("/hub/{kind}/{name}/alpha", { params, body: { [role]: name } }));
        queries.setQueryData(workQuery(work).queryKey, changed);
        return `"${changed.alpha.version}"`;
      });
    },
  });
  const begin = useMutation({
    mutationFn: async () => {
      const { name } = await queries.query(suggestionQuery(kind, work.name));
      const params = { ...paramsOf({ kind, name }), header: { "if-none-match": "*" as const } };
      const body = { content: EXAMPLES[kind], visibility: work.visibility };
      queries.setQueryData(
        workQuery({ kind, name }).queryKey,
        await answer(api.PUT("/hub/{kind}/{name}/alpha", { params, body })),
      );
      await link.mutateAsync(name);
    },
  });
  const choices = others.data?.works.filter(({ name }) => name !== linked) ?? [];
  const isBusy = link.isPending || begin.isPending;
  return (
    <>
      <div className="row">
        {linked !== null && (
          <span>
            It is <WorkLink work={{ kind, name: linked }} />
          </span>
        )}
        {isWorkSource(source) && <SaveStatus bench={source.bench} />}
        {linked === null && (
          <Button small isDisabled={isBusy} onPress={() => begin.mutate()}>
            Begin a {one}
          </Button>
        )}
        {choices.length > 0 && (
          <MenuTrigger>
            <Button small look={linked === null ? "plain" : "quiet"} isDisabled={isBusy}>
              Use {linked === null ? "one of yours" : "another"} <span aria-hidden="true">▾</span>
            </Button>
            <Popover className="popover">
              <Menu className="menu" items={choices} onAction={(key) => link.mutate(key.toString())}>
                {({ name }) => (
                  <MenuItem id={name} className="menu-item">
                    {name}
                  </MenuItem>
                )}
              </Menu>
            </Popover>
          </MenuTrigger>
        )}
        {linked !== null && (
          <Button small look="quiet" isDisabled={isBusy} onPress={() => link.mutate(null)}>
            Use none
          </Button>
        )}
      </div>
      {link.isError && <ProblemNote error={link.error} />}
      {begin.isError && !link.isError && <ProblemNote error={begin.error} />}
    </>
  );
}
