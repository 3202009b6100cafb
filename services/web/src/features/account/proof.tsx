/** Proof that it is really its owner who changes an account: the password, or having signed in just now. */

import { Link } from "@tanstack/react-router";

import { TextField } from "@/shared/ui/fields";
import type { Account } from "./session";

interface ProofFieldProps {
  account: Account;
  /** The password, as typed so far. */
  value: string;
  onChange: (password: string) => void;
}

export function ProofField({ account, value, onChange }: ProofFieldProps) {
  if (!account.has_password) {
    return (
      <p className="hint">
        Your account has no password, so that this works within ten minutes of signing in.{" "}
        <Link to="/login" search={{ next: "/settings" }}>
          Sign in again
        </Link>
      </p>
    );
  }
  return (
    <>
      {/* Tells password managers whose password it is. */}
      <input hidden readOnly autoComplete="username" value={account.username} />
      <TextField
        label="Present password"
        type="password"
        autoComplete="current-password"
        value={value}
        onChange={onChange}
        required
      />
    </>
  );
}

/** Returns the proof as requests give it. */
export function proofOf(account: Account, password: string): { current_password?: string } {
  return account.has_password ? { current_password: password } : {};
}

/** Tells whether the proof is there, as far as the page can know. */
export function hasProof(account: Account, password: string): boolean {
  return !account.has_password || password !== "";
}
