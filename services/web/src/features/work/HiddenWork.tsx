/** A work that administrators have hidden, and why. */

import { Link } from "@tanstack/react-router";

import { useAccount } from "@/features/account/session";
import type { Problem } from "@/shared/api/problem";
import { Button } from "@/shared/ui/Button";
import { ProblemNote } from "@/shared/ui/ProblemNote";
import { KIND_WORDS, type WorkId } from "./kinds";
import { useModeration } from "./moderation";

export function HiddenWork({ work, problem }: { work: WorkId; problem: Problem }) {
  const account = useAccount();
  const { reason } = problem.details;
  return (
    <div className="page narrow stack">
      <meta name="robots" content="noindex" />
      <h1>This {KIND_WORDS[work.kind].one} is hidden</h1>
      <p>The people who run this site have hidden it{typeof reason === "string" ? ". They say:" : "."}</p>
      {typeof reason === "string" && <blockquote className="note">{reason}</blockquote>}
      {account?.is_admin && <ShowAgain work={work} />}
      <p>
        <Link to="/explore">Explore what there is</Link>
      </p>
    </div>
  );
}

function ShowAgain({ work }: { work: WorkId }) {
  const { hide } = useModeration(work);
  return (
    <div className="stack">
      {hide.isError && <ProblemNote error={hide.error} />}
      <div>
        <Button isDisabled={hide.isPending} onPress={() => hide.mutate(null)}>
          Show it again
        </Button>
      </div>
    </div>
  );
}
