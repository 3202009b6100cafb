/** Begins another map, library or theme. */

import { Link } from "@tanstack/react-router";

import { NewSource } from "@/features/library/NewSource";
import { usePageTitle } from "@/features/shell/page_title";
import "./new_page.css";

const BEGINNINGS = [
  { begin: "blank", title: "An empty map", about: "Add realms, places and rivers one by one." },
  { begin: "starter", title: "Two kingdoms", about: "A small map with a time slider, to be changed into your own." },
] as const;

export function NewPage() {
  usePageTitle("New map");
  return (
    <div className="page stack">
      <h1>New map</h1>
      <p>It takes the place of your draft; undo brings that back.</p>
      <ul className="beginnings">
        {BEGINNINGS.map(({ begin, title, about }) => (
          <li key={begin}>
            <Link to="/" search={{ begin }} className="card beginning">
              <strong>{title}</strong>
              <span className="hint">{about}</span>
            </Link>
          </li>
        ))}
        <li>
          <Link to="/explore" className="card beginning">
            <strong>Somebody&rsquo;s map</strong>
            <span className="hint">Find one that you like, and fork it.</span>
          </Link>
        </li>
      </ul>
      <h2>Or something that many maps can use</h2>
      <ul className="beginnings">
        <li>
          <NewSource kind="lib" />
        </li>
        <li>
          <NewSource kind="css" />
        </li>
      </ul>
    </div>
  );
}
