/** Searches libraries, themes and maps to import. */

import { useInfiniteQuery, type InfiniteData, type UseInfiniteQueryResult } from "@tanstack/react-query";
import { useState } from "react";
import { Autocomplete, Input, Label, ListBox, ListBoxItem, SearchField, Text } from "react-aria-components";

import { useAccount } from "@/features/account/session";
import { exploreQuery, worksQuery } from "@/features/explore/queries";
import { KIND_WORDS, type Kind } from "@/features/work/kinds";
import type { ApiSchemas } from "@/shared/api/client";
import { Button } from "@/shared/ui/Button";
import { Checkbox } from "@/shared/ui/fields";
import { ProblemNote } from "@/shared/ui/ProblemNote";
import { Segments } from "@/shared/ui/Segments";
import { useSettled } from "@/shared/ui/use_settled";
import { readPath, writePath, type ImportPath } from "./paths";

type Works = UseInfiniteQueryResult<InfiniteData<ApiSchemas["WorkPage"]>>;

const MAX_WORDS = 200;
const KINDS = (["lib", "css", "map"] as const).map((id) => ({ id, name: KIND_WORDS[id].many }));

interface FindWorkProps {
  onChoose: (work: ImportPath) => void;
  onClose: () => void;
}

export function FindWork({ onChoose, onClose }: FindWorkProps) {
  const account = useAccount();
  const [kind, setKind] = useState<Kind>("lib");
  const [words, setWords] = useState("");
  const [isMine, setMine] = useState(false);
  const searched = useSettled(words).trim().slice(0, MAX_WORDS);
  const everyones = useInfiniteQuery({ ...exploreQuery({ kind, q: searched }), enabled: !isMine });
  const mine = useInfiniteQuery({ ...worksQuery(account?.username ?? "", kind), enabled: isMine });
  const works = isMine ? mine : everyones;
  const typed = readPath(words.trim());
  const found = (works.data?.pages.flatMap((page) => page.works) ?? []).filter(
    ({ name }) => !isMine || name.includes(words.trim().toLowerCase()),
  );
  const items = [
    ...(typed ? [{ path: writePath(typed), name: writePath(typed), about: "This address", author: typed.user }] : []),
    ...found.map(({ kind: of, name, author, description, latest_version: latest }) => ({
      path: writePath({ user: null, kind: of, name, version: latest === 0 ? "alpha" : "latest" }),
      name,
      about: description,
      author,
    })),
  ];
  return (
    <>
      <div className="row">
        <Segments label="Kind" value={kind} choices={KINDS} onChange={setKind} />
        {account && <Checkbox label="Only mine" selected={isMine} onChange={setMine} />}
      </div>
      <Autocomplete inputValue={words} onInputChange={setWords}>
        <SearchField className="field" autoFocus>
          <Label className="label">Search</Label>
          <Input className="input" placeholder="Words, user:name, or an address such as /lib/name/2" />
        </SearchField>
        <ListBox
          className="menu import-found"
          aria-label={KIND_WORDS[kind].many}
          items={items}
          onAction={(key) => {
            const path = readPath(key.toString());
            if (path) onChoose(path);
          }}
          renderEmptyState={() => <p className="menu-item hint">{emptyWords(works, words)}</p>}
        >
          {({ path, name, about, author }) => (
            <ListBoxItem id={path} className="menu-item" textValue={name}>
              <Text slot="label">
                {name} <span className="hint">{author ? `by ${author}` : ""}</span>
              </Text>
              {about && (
                <Text slot="description" className="hint import-about">
                  {about}
                </Text>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Autocomplete>
      {works.isError && <ProblemNote error={works.error} onRetry={() => void works.refetch()} />}
      <div className="actions">
        {works.hasNextPage && (
          <Button isDisabled={works.isFetchingNextPage} onPress={() => void works.fetchNextPage()}>
            Show more
          </Button>
        )}
        <Button onPress={onClose}>Cancel</Button>
      </div>
    </>
  );
}

function emptyWords(works: Works, words: string): string {
  if (works.isPending) return "Searching …";
  return words.trim() ? "Nothing fits these words" : "Nothing is published yet";
}
