/** Numbers of things as people say them. */

const COUNT = new Intl.NumberFormat(undefined, { notation: "compact" });

/** Says how many: `1 view`, `2 views`, `12K views`. */
export function sayCount(number: number, word: string): string {
  return `${COUNT.format(number)} ${word}${number === 1 ? "" : "s"}`;
}
