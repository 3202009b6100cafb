/** Times as people say them. */

const DATE = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });

export function sayTime(time: string): string {
  return DATE.format(new Date(time));
}

export function sayDay(time: string): string {
  return DAY.format(new Date(time));
}
