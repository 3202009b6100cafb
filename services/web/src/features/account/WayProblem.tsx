/** Why somebody could not come in, or link an account elsewhere: the services lead back here with its name. */

import { wordsFor } from "./words";

export function WayProblem({ problem }: { problem: string | undefined }) {
  if (!problem) return null;
  return (
    <div className="note bad" role="alert">
      <p>{wordsFor(problem)}</p>
    </div>
  );
}
