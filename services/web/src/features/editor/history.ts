/** What can be undone: the states that something was in, the present one, and those that were taken back. */

const MAX_STEPS = 300;
/** Changes of one kind that follow each other faster are one step. */
const GROUP_MILLISECONDS = 1000;

export interface History<T> {
  readonly past: readonly T[];
  readonly present: T;
  readonly future: readonly T[];
  /** What kind the last change was of, such as typing in one field; null: one that stands for itself. */
  readonly group: string | null;
  readonly changedAt: number;
}

export function beginHistory<T>(present: T): History<T> {
  return { past: [], present, future: [], group: null, changedAt: 0 };
}

/** Returns the history after a change; `now` is in milliseconds. */
export function record<T>(history: History<T>, present: T, group: string | null, now: number): History<T> {
  const continues = group !== null && group === history.group && now - history.changedAt < GROUP_MILLISECONDS;
  const past = continues ? history.past : [...history.past, history.present].slice(-MAX_STEPS);
  return { past, present, future: [], group, changedAt: now };
}

/** Returns the history with the present state known better, which is no change of it. */
export function amend<T>(history: History<T>, present: T): History<T> {
  return { ...history, present };
}

export function undo<T>(history: History<T>): History<T> {
  const before = history.past.at(-1);
  if (before === undefined) return history;
  return {
    past: history.past.slice(0, -1),
    present: before,
    future: [history.present, ...history.future],
    group: null,
    changedAt: 0,
  };
}

export function redo<T>(history: History<T>): History<T> {
  const [after, ...future] = history.future;
  if (after === undefined) return history;
  return { past: [...history.past, history.present], present: after, future, group: null, changedAt: 0 };
}
