/** The links by which somebody sets a new password, once. */

const FRAGMENT = /^#?token=([A-Za-z0-9_-]{43})$/;

/** Reads the token behind the `#` of such a link; null: there is none, or it was cut off. */
export function readResetToken(fragment: string): string | null {
  return FRAGMENT.exec(fragment)?.[1] ?? null;
}
