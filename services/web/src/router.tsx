/** The addresses of the studio. */

import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";

import { readWayBack } from "./features/account/next";
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

const settings = createRoute({
  getParentRoute: () => root,
  path: "/settings",
  component: lazyRouteComponent(() => import("./features/account/SettingsPage"), "SettingsPage"),
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
  routeTree: root.addChildren([draft, fresh, explore, profile, login, settings, work, version]),
  basepath: BASE_PATH,
  defaultPendingComponent: Waiting,
  defaultPreload: "intent",
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
