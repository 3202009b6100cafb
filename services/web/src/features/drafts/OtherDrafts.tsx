/** Says that there are drafts that were set aside, and leads to them. */

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import { draftsQuery } from "./drafts";

export function OtherDrafts() {
  const { data = [] } = useQuery(draftsQuery);
  const others = data.filter(({ id }) => id !== "current").length;
  if (others === 0) return null;
  return (
    <Link to="/drafts" className="button small">
      {others === 1 ? "Another draft" : `${others} other drafts`}
    </Link>
  );
}
