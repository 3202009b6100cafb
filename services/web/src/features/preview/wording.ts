/** The words for a render's state. */

import type { Run } from "./renderer";

const ENDS = { succeeded: "Done", failed: "Failed", timed_out: "Stopped at its time limit", cancelled: "Stopped" };
const SUFFIXES: Partial<Record<Intl.LDMLPluralRule, string>> = { one: "st", two: "nd", few: "rd" };
const ordinals = new Intl.PluralRules("en", { type: "ordinal" });

/**
 * Says how a render stands, as in "Queued, 3rd in line, starts in about 4 s" or "Done in 0.4 s (known already)".
 *
 * @param now In milliseconds.
 */
export function sentence(run: Run, now: number): string {
  const { render, sentAt, endedAt, isStopping } = run;
  const elapsed = seconds((endedAt ?? now) - sentAt);
  if (render && render.state in ENDS) {
    const end = ENDS[render.state as keyof typeof ENDS];
    return `${end} in ${elapsed}${render.cached ? " (known already)" : ""}`;
  }
  if (isStopping) return endedAt === null ? "Stopping" : "Stopped";
  if (render?.state === "running") return `Running ${seconds(now - (run.runningSince ?? now))}${left(render, now)}`;
  if (render?.state === "queued") return `Queued${place(render.position)}${start(render.predicted_start_at, now)}`;
  return `Sent ${elapsed} ago`;
}

/** Says the same without what changes from second to second, for those who listen to the page. */
export function headline({ render, endedAt, isStopping }: Run): string {
  if (render && render.state in ENDS) return ENDS[render.state as keyof typeof ENDS];
  if (isStopping) return endedAt === null ? "Stopping" : "Stopped";
  if (render?.state === "running") return "Running";
  return render?.state === "queued" ? `Queued${place(render.position)}` : "Sent";
}

function place(position: number | null): string {
  if (position === null) return "";
  return position === 1 ? ", next in line" : `, ${position}${SUFFIXES[ordinals.select(position)] ?? "th"} in line`;
}

function start(predicted: string | null, now: number): string {
  if (predicted === null) return "";
  const wait = Math.round((Date.parse(predicted) - now) / 1000);
  return wait > 0 ? `, starts in about ${wait} s` : ", starts at any moment";
}

function left({ predicted_finish_at: predicted }: { predicted_finish_at: string | null }, now: number): string {
  if (predicted === null) return "";
  const wait = Math.round((Date.parse(predicted) - now) / 1000);
  return wait > 0 ? `, about ${wait} s left` : "";
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
