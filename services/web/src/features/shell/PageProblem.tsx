/** A page that could not be shown, and why. */

import type { ErrorComponentProps } from "@tanstack/react-router";

import { ProblemNote } from "@/shared/ui/ProblemNote";

export function PageProblem({ error, reset }: ErrorComponentProps) {
  return (
    <div className="page narrow">
      <ProblemNote error={error} onRetry={reset} />
    </div>
  );
}
