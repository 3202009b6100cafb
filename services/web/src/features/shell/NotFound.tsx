/** There is nothing at this address. */

import { Link } from "@tanstack/react-router";

export function NotFound({ what = "page" }: { what?: string }) {
  return (
    <div className="page narrow stack">
      <h1>There is no such {what}</h1>
      <p>It may have another name now, or it is private.</p>
      <p>
        <Link to="/explore">Explore what there is</Link>
      </p>
    </div>
  );
}
