/** Figures of requests in words. */

/** Says a time: whole milliseconds below a second, else seconds. */
export function sayMilliseconds(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

/** Says a part of all in per cent; what is more than nothing is never said to be nothing. */
export function sayShare(part: number): string {
  if (part > 0 && part < 0.001) return "<0.1 %";
  return part === 0 ? "0 %" : `${(part * 100).toFixed(1)} %`;
}
