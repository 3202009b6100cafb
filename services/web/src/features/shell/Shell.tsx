/** What stands around every page: the site's face, where to go, who is signed in. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, Outlet } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useRef } from "react";
import { Button } from "react-aria-components";

import { signedOut } from "@/features/account/session";
import { transport } from "@/shared/api/client";
import { AccountMenu } from "./AccountMenu";
import { brandingQuery } from "./branding";
import { useShownTitle } from "./page_title";
import "./shell.css";
import { closeShortcuts, useShortcutSheet } from "./shortcut_sheet";
import { SiteFooter } from "./SiteFooter";
import { useFocusOnPages } from "./focus";
import { useAccent } from "./use_accent";

const ShortcutSheet = lazy(() => import("./ShortcutSheet"));

export function Shell() {
  const queries = useQueryClient();
  const { data: branding } = useQuery(brandingQuery);
  const site = branding?.site_name ?? "Xatra";
  const title = useShownTitle();
  const showsShortcuts = useShortcutSheet();
  const main = useRef<HTMLElement>(null);
  useFocusOnPages(main);
  useAccent(branding?.accent_colour ?? null);

  useEffect(() => {
    transport.onSessionEnd = () => signedOut(queries);
  }, [queries]);
  useEffect(() => {
    document.title = title ? `${title} · ${site}` : site;
  }, [title, site]);

  return (
    <div className="shell">
      <header className="banner">
        <Button className="skip" onPress={() => main.current?.focus()}>
          Skip to the page
        </Button>
        <Link to="/explore" className="wordmark">
          {branding?.logo_url && <img src={branding.logo_url} alt="" height={28} />}
          {site}
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
      <main ref={main} id="main" tabIndex={-1} data-scroll-restoration-id="main">
        <Outlet />
        <SiteFooter links={branding?.links ?? []} />
      </main>
      {/* Tells those who cannot see it that the page is another one. */}
      <p className="visually-hidden" role="status">
        {title}
      </p>
      {showsShortcuts && (
        <Suspense>
          <ShortcutSheet onClose={closeShortcuts} />
        </Suspense>
      )}
    </div>
  );
}
