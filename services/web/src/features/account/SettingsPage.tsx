/** One's own account: what others see of it, how one comes in, what acts for one, and leaving. */

import { Link, useSearch } from "@tanstack/react-router";

import { usePageTitle } from "@/features/shell/page_title";
import { Waiting } from "@/shared/ui/Waiting";
import { BudgetSection } from "./BudgetSection";
import { LeavingSection } from "./LeavingSection";
import { LinksSection } from "./LinksSection";
import { NameSection } from "./NameSection";
import { PasswordSection } from "./PasswordSection";
import { ProfileSection } from "./ProfileSection";
import { useAccount } from "./session";
import { SessionsSection } from "./SessionsSection";
import { TokensSection } from "./TokensSection";
import { WayProblem } from "./WayProblem";

export function SettingsPage() {
  const account = useAccount();
  const { problem } = useSearch({ from: "/settings" });
  usePageTitle("Settings");
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
      <WayProblem problem={problem} />
      <ProfileSection account={account} />
      <NameSection key={account.username} account={account} />
      <PasswordSection account={account} />
      <LinksSection account={account} />
      <SessionsSection />
      <TokensSection account={account} />
      <BudgetSection />
      <LeavingSection account={account} />
    </div>
  );
}
