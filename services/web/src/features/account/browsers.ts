/** Browsers as people call them. */

const NAMES: readonly [pattern: RegExp, name: string][] = [
  [/Edg/, "Edge"],
  [/OPR/, "Opera"],
  [/Firefox/, "Firefox"],
  [/Chrome/, "Chrome"],
  [/Safari/, "Safari"],
];

const SYSTEMS: readonly [pattern: RegExp, name: string][] = [
  [/Android/, "Android"],
  [/iPhone|iPad/, "iOS"],
  [/Windows/, "Windows"],
  [/Mac OS X/, "macOS"],
  [/Linux/, "Linux"],
];

/** Says in a few words which browser it was that called itself so. */
export function sayBrowser(agent: string): string {
  const find = (known: readonly [RegExp, string][]) => known.find(([pattern]) => pattern.test(agent))?.[1];
  const system = find(SYSTEMS);
  return [find(NAMES) ?? "A browser", system && `on ${system}`].filter(Boolean).join(" ");
}
