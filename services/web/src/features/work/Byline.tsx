/** Who a work is by. */

import { Link } from "@tanstack/react-router";

export function Byline({ author }: { author: string | null }) {
  if (author === null) return "by nobody any more";
  return (
    <>
      by{" "}
      <Link to="/user/$username" params={{ username: author }}>
        {author}
      </Link>
    </>
  );
}
