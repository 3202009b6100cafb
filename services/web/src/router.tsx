/** The addresses of the studio. */

import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";

import { readWayBack } from "./features/account/next";
import { readAdminSearch } from "./features/admin/search";
import { readBeginning } from "./features/editor/beginnings";
import { readSearch } from "./features/explore/search";
import { NotFound } from "./features/shell/NotFound";
import { PageProblem } from "./features/shell/PageProblem";
import { Shell } from "./features/shell/Shell";
import { BASE_PATH } from "./shared/api/address";
import { Waiting } from "./shared/ui/Waiting";

const root = createRootRoute({ component: Shell, notFoundComponent: () => <NotFound />, errorComponent: PageProblem });

const draft = createRoute({
  getParentRoute: () => root,
  path: "/",
  validateSearch: readBeginning,
  component: lazyRouteComponent(() => import("./features/editor/DraftPage"), "DraftPage"),
});

const fresh = createRoute({
  getParentRoute: () => root,
  path: "/new",
  component: lazyRouteComponent(() => import("./features/editor/NewPage"), "NewPage"),
});

const explore = createRoute({
  getParentRoute: () => root,
  path: "/explore",
  validateSearch: readSearch,
  component: lazyRouteComponent(() => import("./features/explore/ExplorePage"), "ExplorePage"),
});

const profile = createRoute({
  getParentRoute: () => root,
  path: "/user/$username",
  component: lazyRouteComponent(() => import("./features/explore/ProfilePage"), "ProfilePage"),
});

const login = createRoute({
  getParentRoute: () => root,
  path: "/login",
  validateSearch: readWayBack,
  component: lazyRouteComponent(() => import("./features/account/LoginPage"), "LoginPage"),
});

const resetPassword = createRoute({
  getParentRoute: () => root,
  path: "/reset-password",
  component: lazyRouteComponent(() => import("./features/account/ResetPasswordPage"), "ResetPasswordPage"),
});

const drafts = createRoute({
  getParentRoute: () => root,
  path: "/drafts",
  component: lazyRouteComponent(() => import("./features/drafts/DraftsPage"), "DraftsPage"),
});

const admin = createRoute({
  getParentRoute: () => root,
  path: "/admin",
  validateSearch: readAdminSearch,
  component: lazyRouteComponent(() => import("./features/admin/AdminPage"), "AdminPage"),
});

const settings = createRoute({
  getParentRoute: () => root,
  path: "/settings",
  validateSearch: readWayBack,
  component: lazyRouteComponent(() => import("./features/account/SettingsPage"), "SettingsPage"),
});

const library = createRoute({
  getParentRoute: () => root,
  path: "/lib/$name",
  component: lazyRouteComponent(() => import("./features/library/SourcePage"), "LibraryPage"),
});

const libraryVersion = createRoute({
  getParentRoute: () => root,
  path: "/lib/$name/$version",
  component: lazyRouteComponent(() => import("./features/library/SourcePage"), "LibraryPage"),
});

const theme = createRoute({
  getParentRoute: () => root,
  path: "/css/$name",
  component: lazyRouteComponent(() => import("./features/library/SourcePage"), "ThemePage"),
});

const themeVersion = createRoute({
  getParentRoute: () => root,
  path: "/css/$name/$version",
  component: lazyRouteComponent(() => import("./features/library/SourcePage"), "ThemePage"),
});

const work = createRoute({
  getParentRoute: () => root,
  path: "/$name",
  component: lazyRouteComponent(() => import("./features/work/WorkPage"), "WorkPage"),
});

const version = createRoute({
  getParentRoute: () => root,
  path: "/$name/$version",
  component: lazyRouteComponent(() => import("./features/work/WorkPage"), "WorkPage"),
});

export const router = createRouter({
  routeTree: root.addChildren([
    draft,
    fresh,
    explore,
    profile,
    login,
    resetPassword,
    drafts,
    admin,
    settings,
    library,
    libraryVersion,
    theme,
    themeVersion,
    work,
    version,
  ]),
  basepath: BASE_PATH,
  defaultPendingComponent: Waiting,
  defaultPreload: "intent",
  scrollRestoration: true,
  scrollToTopSelectors: ["#main"],
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
