/** There is nothing at this address. */

import { Link } from "@tanstack/react-router";

import { usePageTitle } from "./page_title";

export function NotFound({ what = "page" }: { what?: string }) {
  const title = `There is no such ${what}`;
  usePageTitle(title);
  return (
    <div className="page narrow stack">
      <meta name="robots" content="noindex" />
      <h1>{title}</h1>
      <p>The address may be mistyped, or what was here has another name now, is private, or was deleted.</p>
      <p>
        <Link to="/explore">Explore what there is</Link>
      </p>
    </div>
  );
}
