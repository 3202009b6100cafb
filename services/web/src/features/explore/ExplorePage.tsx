/** Finding what people have published. */

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";

import { brandingQuery } from "@/features/shell/branding";
import { usePageTitle } from "@/features/shell/page_title";
import { KIND_WORDS } from "@/features/work/kinds";
import { Button } from "@/shared/ui/Button";
import { SelectField } from "@/shared/ui/fields";
import "./explore.css";
import { KindChoice } from "./KindChoice";
import { exploreQuery } from "./queries";
import { SearchField } from "./SearchField";
import { SORTS, type Search } from "./search";
import { WorkList } from "./WorkList";

const SORT_CHOICES = Object.entries(SORTS).map(([id, name]) => ({ id: id as keyof typeof SORTS, name }));

export function ExplorePage() {
  const search = useSearch({ from: "/explore" });
  const navigate = useNavigate({ from: "/explore" });
  const { q = "", kind = "map", sort = "featured" } = search;
  const works = useInfiniteQuery(exploreQuery(search));
  const { data: branding } = useQuery(brandingQuery);
  usePageTitle(q ? `${q}: Explore` : "Explore");
  const change = (changed: Search) => void navigate({ search: (before) => ({ ...before, ...changed }) });

  return (
    <div className="page stack">
      <header>
        <h1>Explore</h1>
        {branding?.tagline && <p className="hint">{branding.tagline}</p>}
      </header>
      <search className="explore-search">
        <SearchField
          value={q}
          onChange={(words) => void navigate({ search: (before) => ({ ...before, q: words }), replace: true })}
        />
        <SelectField
          label="Order"
          value={sort}
          choices={SORT_CHOICES}
          onChange={(chosen) => change({ sort: chosen })}
        />
        <KindChoice value={kind} onChange={(chosen) => change({ kind: chosen })} />
      </search>
      <WorkList query={works} empty={<Empty search={search} onAll={() => change({ q: "" })} />} />
    </div>
  );
}

/** Says why there is nothing, and what to do about it. */
function Empty({ search, onAll }: { search: Search; onAll: () => void }) {
  const { q, kind = "map" } = search;
  const many = KIND_WORDS[kind].many.toLowerCase();
  if (q) {
    return (
      <>
        <p>No {many} fit these words.</p>
        <div>
          <Button onPress={onAll}>See all {many}</Button>
        </div>
      </>
    );
  }
  if (kind !== "map") return <p>No {many} are published yet.</p>;
  return (
    <p>
      No maps are published yet. <Link to="/new">Make the first one</Link>
    </p>
  );
}
