/** What administrators look after: people, reports, the site's face. For everybody else there is no such page. */

import { Link, useSearch } from "@tanstack/react-router";
import type { ComponentType } from "react";

import { useAccount } from "@/features/account/session";
import { NotFound } from "@/features/shell/NotFound";
import { usePageTitle } from "@/features/shell/page_title";
import { Waiting } from "@/shared/ui/Waiting";
import "./admin.css";
import { BudgetsTab } from "./BudgetsTab";
import { EventsTab } from "./EventsTab";
import { ReportsTab } from "./ReportsTab";
import { RequestsTab } from "./RequestsTab";
import { TABS, type Tab } from "./search";
import { SiteTab } from "./SiteTab";
import { UsersTab } from "./UsersTab";

const CONTENTS: Readonly<Record<Tab, ComponentType>> = {
  users: UsersTab,
  reports: ReportsTab,
  site: SiteTab,
  budgets: BudgetsTab,
  events: EventsTab,
  requests: RequestsTab,
};

export function AdminPage() {
  const account = useAccount();
  if (account === undefined) return <Waiting />;
  return account?.is_admin ? <Tabs /> : <NotFound />;
}

function Tabs() {
  const { tab = "users" } = useSearch({ from: "/admin" });
  const Content = CONTENTS[tab];
  usePageTitle(`Administration: ${TABS[tab]}`);
  return (
    <div className="page stack">
      <h1>Administration</h1>
      <nav aria-label="Administration" className="admin-tabs">
        {Object.entries(TABS).map(([id, name]) => (
          <Link
            key={id}
            to="/admin"
            search={id === "users" ? {} : { tab: id as Tab }}
            activeOptions={{ exact: true, includeSearch: true }}
          >
            {name}
          </Link>
        ))}
      </nav>
      <Content />
    </div>
  );
}
