/** One's own account: what others see of it, the password, where one is signed in. */

import { Link } from "@tanstack/react-router";

import { Waiting } from "@/shared/ui/Waiting";
import "./account.css";
import { PasswordSection } from "./PasswordSection";
import { ProfileSection } from "./ProfileSection";
import { useAccount } from "./session";
import { SessionsSection } from "./SessionsSection";

export function SettingsPage() {
  const account = useAccount();
  if (account === undefined) return <Waiting />;
  if (account === null) {
    return (
      <div className="page narrow stack">
        <h1>Settings</h1>
        <p>
          <Link to="/login" search={{ next: "/settings" }}>
            Sign in
          </Link>{" "}
          to see yours.
        </p>
      </div>
    );
  }
  return (
    <div className="page narrow stack">
      <h1>Settings</h1>
      <ProfileSection account={account} />
      <PasswordSection account={account} />
      <SessionsSection />
    </div>
  );
}
