/** Finding what people have published. */

import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";

import { answer, api } from "@/shared/api/client";
import { SelectField, TextField } from "@/shared/ui/fields";
import { Segments } from "@/shared/ui/Segments";
import "./explore.css";
import { KINDS, SORTS, type Search } from "./search";
import { WorkList } from "./WorkList";

const TYPING_MILLISECONDS = 300;
const KIND_CHOICES = Object.entries(KINDS).map(([id, name]) => ({ id: id as keyof typeof KINDS, name }));
const SORT_CHOICES = Object.entries(SORTS).map(([id, name]) => ({ id: id as keyof typeof SORTS, name }));

function exploreQuery({ q = "", kind = "map", sort = "featured" }: Search) {
  return infiniteQueryOptions({
    queryKey: ["explore", q, kind, sort],
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET("/explore", {
          params: { query: { q, kind, sort, ...(pageParam !== null && { cursor: pageParam }) } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  });
}

export function ExplorePage() {
  const search = useSearch({ from: "/explore" });
  const navigate = useNavigate({ from: "/explore" });
  const [words, setWords] = useState(search.q ?? "");
  const { kind = "map", sort = "featured" } = search;
  const works = useInfiniteQuery(exploreQuery(search));

  useEffect(() => {
    const timer = setTimeout(() => {
      void navigate({ search: (before) => ({ ...before, q: words.trim() || undefined }), replace: true });
    }, TYPING_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [words, navigate]);

  return (
    <div className="page stack">
      <h1>Explore</h1>
      <search className="explore-search">
        <TextField
          label="Search"
          type="search"
          value={words}
          onChange={setWords}
          placeholder="Words, or user:name"
          maxLength={200}
        />
        <SelectField
          label="Order"
          value={sort}
          choices={SORT_CHOICES}
          onChange={(chosen) => void navigate({ search: (before) => ({ ...before, sort: chosen }) })}
        />
        <Segments
          label="Kind"
          value={kind}
          choices={KIND_CHOICES}
          onChange={(chosen) => void navigate({ search: (before) => ({ ...before, kind: chosen }) })}
        />
      </search>
      <WorkList
        query={works}
        empty={search.q ? "Nothing fits these words." : "Nothing is published yet. Be the first."}
      />
    </div>
  );
}
