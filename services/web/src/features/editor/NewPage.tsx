/** Begins another map. */

import { Link } from "@tanstack/react-router";

import "./new_page.css";

const BEGINNINGS = [
  { begin: "blank", title: "An empty map", about: "Add realms, places and rivers one by one." },
  { begin: "starter", title: "Two kingdoms", about: "A small map with a time slider, to be changed into your own." },
] as const;

export function NewPage() {
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
    </div>
  );
}
