/** Times as people say them. */

const DATE = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });

export function sayTime(time: string): string {
  return DATE.format(new Date(time));
}

export function sayDay(time: string): string {
  return DAY.format(new Date(time));
}

const UNITS: [string, number][] = [
  ["days", 86400],
  ["hours", 3600],
  ["minutes", 60],
];

/** A duration, rounded up to whole units: "40 s", "54 minutes", "2 days". A unit is used from two of it on. */
export function sayDuration(seconds: number): string {
  const unit = UNITS.find(([, size]) => seconds >= 2 * size);
  return unit ? `${Math.ceil(seconds / unit[1])} ${unit[0]}` : `${Math.ceil(seconds)} s`;
}
