/** What stands around every page: the site's face, where to go, who is signed in. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, Outlet, useLocation } from "@tanstack/react-router";
import { useEffect } from "react";
import { Button } from "react-aria-components";

import { signedOut } from "@/features/account/session";
import { transport } from "@/shared/api/client";
import { AccountMenu } from "./AccountMenu";
import { brandingQuery } from "./branding";
import "./shell.css";

export function Shell() {
  const queries = useQueryClient();
  const { data: branding } = useQuery(brandingQuery);
  const name = branding?.site_name ?? "Xatra";
  const path = useLocation({ select: ({ pathname }) => pathname });

  useEffect(() => {
    transport.onSessionEnd = () => signedOut(queries);
  }, [queries]);
  useEffect(() => {
    document.title = name;
  }, [name, path]);

  return (
    <div className="shell">
      <header className="banner">
        <Button className="skip" onPress={() => document.getElementById("main")?.focus()}>
          Skip to the page
        </Button>
        <Link to="/explore" className="wordmark">
          {branding?.logo_url && <img src={branding.logo_url} alt="" height={28} />}
          {name}
        </Link>
        <nav aria-label="Site" className="banner-nav">
          <Link to="/explore">Explore</Link>
          <Link to="/" activeOptions={{ exact: true }}>
            My draft
          </Link>
          <Link to="/new">New map</Link>
        </nav>
        <AccountMenu />
      </header>
      {branding?.notice && <p className="site-notice">{branding.notice}</p>}
      <main id="main" tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  );
}
