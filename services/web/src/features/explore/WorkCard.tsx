/** A work as lists show it. */

import { Link } from "@tanstack/react-router";

import type { ApiSchemas } from "@/shared/api/client";
import { sayDay } from "@/shared/ui/time";

const COUNT = new Intl.NumberFormat(undefined, { notation: "compact" });

export function WorkCard({ work }: { work: ApiSchemas["WorkCard"] }) {
  const { kind, name, author, description, thumbnail_url: picture } = work;
  return (
    <article className="work-card">
      <div className="work-picture">
        {picture ? <img src={picture} alt="" loading="lazy" /> : <span aria-hidden="true">{name.slice(0, 1)}</span>}
      </div>
      <div className="work-words">
        <h2>
          {kind === "map" ? (
            <Link to="/$name" params={{ name }}>
              {name}
            </Link>
          ) : (
            name
          )}
        </h2>
        <p className="hint">
          {author ? (
            <>
              by{" "}
              <Link to="/user/$username" params={{ username: author }}>
                {author}
              </Link>
            </>
          ) : (
            "by nobody any more"
          )}
          {work.featured && " · featured"}
          {work.visibility !== "public" && ` · ${work.visibility}`}
        </p>
        {description && <p className="work-description">{description}</p>}
        <p className="hint">
          {count(work.votes, "like")} · {count(work.views, "view")} ·{" "}
          {work.published_at ? `version ${work.latest_version}, ${sayDay(work.published_at)}` : "not published"}
        </p>
        {work.hidden_reason && <p className="work-hidden">Hidden: {work.hidden_reason}</p>}
      </div>
    </article>
  );
}

function count(number: number, word: string): string {
  return `${COUNT.format(number)} ${word}${number === 1 ? "" : "s"}`;
}
