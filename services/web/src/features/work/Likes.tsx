/** How many looked at a work and like it; liking it. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";

import { useAccount } from "@/features/account/session";
import { answer, api } from "@/shared/api/client";
import { Button } from "@/shared/ui/Button";
import { sayCount } from "@/shared/ui/count";
import { pathOf } from "./addresses";
import { paramsOf, workQuery, type Work } from "./work";

export function Likes({ work }: { work: Work }) {
  const account = useAccount();
  const isOwn = work.author !== null && account?.username === work.author;
  return (
    <>
      <span className="hint">{sayCount(work.views, "view")}</span>
      {isOwn || work.latest_version === 0 ? (
        <span className="hint">{sayCount(work.votes, "like")}</span>
      ) : (
        <LikeButton work={work} isGuest={!account} />
      )}
    </>
  );
}

function LikeButton({ work, isGuest }: { work: Work; isGuest: boolean }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const params = paramsOf(work);
  const vote = useMutation({
    mutationFn: () =>
      answer(
        work.viewer_voted
          ? api.DELETE("/hub/{kind}/{name}/vote", { params })
          : api.PUT("/hub/{kind}/{name}/vote", { params }),
      ),
    onSuccess: (voted) => queries.setQueryData(workQuery(work).queryKey, { ...work, ...voted }),
  });
  const words = `Like; ${sayCount(work.votes, "like")}`;
  return (
    <>
      <Button
        small
        isDisabled={vote.isPending}
        aria-label={isGuest ? `${words}; for this you sign in` : words}
        {...(!isGuest && { "aria-pressed": work.viewer_voted })}
        onPress={() => {
          if (isGuest) void navigate({ to: "/login", search: { next: pathOf(work) } });
          else vote.mutate();
        }}
      >
        <span aria-hidden="true">{work.viewer_voted ? "♥" : "♡"}</span> {work.votes}
      </Button>
      {vote.isError && (
        <span role="alert" className="hint">
          {vote.error.message}
        </span>
      )}
    </>
  );
}
