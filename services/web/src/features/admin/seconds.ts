/** Budgets as administrators type them. */

/** Reads whole seconds; null: nothing was typed; undefined: that is no number of seconds. */
export function readSeconds(typed: string): number | null | undefined {
  const text = typed.trim();
  if (text === "") return null;
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
