/** A link to a work of any kind. */

import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

import { pageOf } from "./addresses";
import type { WorkId } from "./kinds";

interface WorkLinkProps {
  work: WorkId;
  /** Left out: the work itself. */
  version?: number | null;
  children?: ReactNode;
}

export function WorkLink({ work, version = null, children = work.name }: WorkLinkProps) {
  return <Link {...pageOf(work, version)}>{children}</Link>;
}
