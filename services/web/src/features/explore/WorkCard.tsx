/** A work as lists show it. */

import { Byline } from "@/features/work/Byline";
import { WorkLink } from "@/features/work/WorkLink";
import type { ApiSchemas } from "@/shared/api/client";
import { sayCount } from "@/shared/ui/count";
import { sayDay } from "@/shared/ui/time";

const VISIBILITY = { public: null, unlisted: "unlisted", private: "private" } as const;

export function WorkCard({ work }: { work: ApiSchemas["WorkCard"] }) {
  const { name, description, thumbnail_url: picture, published_at: published } = work;
  const marks = [work.featured && "featured", VISIBILITY[work.visibility], !published && "not published"];
  return (
    <article className="work-card">
      <div className="work-picture" aria-hidden="true">
        {picture ? <img src={picture} alt="" loading="lazy" /> : <span>{name.slice(0, 1)}</span>}
      </div>
      <div className="work-words">
        <h2>
          <WorkLink work={work} />
        </h2>
        <p className="hint">
          {work.display_type && `${work.display_type} `}
          <Byline author={work.author} />
        </p>
        {description && <p className="work-description">{description}</p>}
        {published && (
          <p className="hint">
            {sayCount(work.votes, "like")} · {sayCount(work.views, "view")} · version {work.latest_version},{" "}
            {sayDay(published)}
          </p>
        )}
        {marks.some(Boolean) && (
          <p className="row">
            {marks.filter(Boolean).map((mark) => (
              <span key={`${mark}`} className="badge">
                {mark}
              </span>
            ))}
          </p>
        )}
        {work.hidden_reason && <p className="work-hidden">Hidden by administrators: {work.hidden_reason}</p>}
      </div>
    </article>
  );
}
