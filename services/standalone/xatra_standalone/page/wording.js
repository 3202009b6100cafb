/** The words for a render's state. */

const ENDS = { succeeded: "Done", failed: "Failed", timed_out: "Stopped at its time limit", cancelled: "Stopped" };
const SUFFIXES = { one: "st", two: "nd", few: "rd", other: "th" };
const ordinals = new Intl.PluralRules("en", { type: "ordinal" });

/**
 * Says how a render stands, as in "Queued, 3rd in line, starts in about 4 s" or "Done in 0.4 s (known already)".
 *
 * @param {{render: ?object, sentAt: number, runningSince: ?number, isStopping: boolean}} run
 */
export function sentence({ render, sentAt, runningSince, isStopping }) {
  const elapsed = seconds(performance.now() - sentAt);
  if (render?.state in ENDS) {
    return `${ENDS[render.state]} in ${elapsed}${render.cached ? " (known already)" : ""}`;
  }
  if (isStopping) return "Stopping";
  if (render?.state === "running") return `Running ${seconds(performance.now() - runningSince)}`;
  if (render?.state === "queued") return `Queued${place(render.position)}${start(render.predicted_start_at)}`;
  return `Sent ${elapsed} ago`;
}

/** Says the same without what changes from second to second, for those who listen to the page. */
export function headline({ render, isStopping }) {
  if (isStopping) return "Stopping";
  if (render?.state === "running") return "Running";
  return render?.state === "queued" ? `Queued${place(render.position)}` : "Sent";
}

function place(position) {
  if (!position) return "";
  return position === 1 ? ", next in line" : `, ${position}${SUFFIXES[ordinals.select(position)]} in line`;
}

function start(predicted) {
  if (!predicted) return "";
  const left = Math.round((Date.parse(predicted) - Date.now()) / 1000);
  return left > 0 ? `, starts in about ${left} s` : ", starts at any moment";
}

function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
