/** Leads to one's draft, to import a work there. */

import { Link } from "@tanstack/react-router";

import { writePath } from "@/features/imports/paths";
import type { WorkId } from "@/features/work/kinds";

export function UseLink({ work: { kind, name }, version }: { work: WorkId; version: number }) {
  return (
    <Link to="/" search={{ use: writePath({ user: null, kind, name, version }) }} className="button small">
      Use in my map
    </Link>
  );
}
