/** A problem in kind words, with a way out of it where there is one. */

import { useEffect, useState, type ReactNode } from "react";

import { Problem } from "../api/problem";
import { Button } from "./Button";
import { sayDuration } from "./time";

interface ProblemNoteProps {
  /** What was thrown. */
  error: unknown;
  /** What did not work. */
  heading?: string;
  /** What was thrown is named alone: the children say the rest. */
  isBrief?: boolean;
  /** Tries again. */
  onRetry?: () => void;
  children?: ReactNode;
}

export function ProblemNote({ error, heading, isBrief = false, onRetry, children }: ProblemNoteProps) {
  const problem = error instanceof Problem ? error : null;
  const title = heading ?? problem?.title ?? "Something went wrong";
  const words = [heading && problem?.title, !isBrief && problem?.detail].filter(Boolean).join(". ");
  return (
    <div className="note bad" role="alert">
      <h3>{title}</h3>
      {problem ? words && <p>{words}</p> : <p>This page made a mistake. Reloading it may help.</p>}
      {children}
      {onRetry && problem?.retrySeconds !== null && (
        <div>
          <RetryButton seconds={problem?.retrySeconds ?? 0} onRetry={onRetry} />
        </div>
      )}
    </div>
  );
}

/** Offers another try once the service wants to be asked again. */
function RetryButton({ seconds, onRetry }: { seconds: number; onRetry: () => void }) {
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    const timer = setInterval(() => setLeft((before) => Math.max(0, before - 1)), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <Button isDisabled={left > 0} onPress={onRetry}>
      {left > 0 ? `Try again in ${sayDuration(left)}` : "Try again"}
    </Button>
  );
}
