"""Names of users: how they are written, and which nobody gets."""

import re
from collections.abc import Iterator
from itertools import count
from typing import Final

from xatra_shared.http.problems import Problem

# Every first path segment below the site and below the api belongs here, so that no page is somebody's profile; and
# names that would pass for ours, or that the predecessor gave to nobody in particular.
RESERVED: Final = frozenset(
    [
        "about",
        "abuse",
        "account",
        "accounts",
        "admin",
        "administrator",
        "admins",
        "alpha",
        "anonymous",
        "api",
        "app",
        "apps",
        "artefact",
        "artefacts",
        "artifact",
        "artifacts",
        "asset",
        "assets",
        "auth",
        "blog",
        "browse",
        "builder",
        "bulk",
        "contact",
        "cookies",
        "css",
        "dashboard",
        "data",
        "default",
        "delete",
        "demo",
        "dev",
        "docs",
        "document",
        "documents",
        "download",
        "downloads",
        "draft",
        "drafts",
        "edit",
        "editor",
        "email",
        "embed",
        "error",
        "examples",
        "explore",
        "export",
        "faq",
        "favicon",
        "feature",
        "featured",
        "features",
        "feed",
        "file",
        "files",
        "fork",
        "forks",
        "gadm",
        "geography",
        "github",
        "google",
        "graphql",
        "guest",
        "guests",
        "guide",
        "health",
        "healthz",
        "help",
        "home",
        "hostmaster",
        "hub",
        "icon",
        "icons",
        "image",
        "images",
        "import",
        "imports",
        "index",
        "info",
        "jobs",
        "js",
        "legal",
        "lib",
        "libs",
        "license",
        "licence",
        "login",
        "logout",
        "mail",
        "maintenance",
        "manifest",
        "map",
        "maps",
        "me",
        "media",
        "messages",
        "meta",
        "metrics",
        "moderator",
        "name",
        "names",
        "new",
        "new_user",
        "news",
        "nobody",
        "null",
        "oauth",
        "oembed",
        "official",
        "openapi.json",
        "owner",
        "page",
        "pages",
        "password",
        "policy",
        "postmaster",
        "preview",
        "privacy",
        "profile",
        "public",
        "publish",
        "readyz",
        "recover",
        "register",
        "registry",
        "release",
        "render",
        "renders",
        "reset",
        "robots.txt",
        "root",
        "rss",
        "save",
        "search",
        "security",
        "server",
        "session",
        "sessions",
        "settings",
        "setup",
        "share",
        "shared",
        "signin",
        "signout",
        "signup",
        "site",
        "sitemap.xml",
        "staff",
        "static",
        "stats",
        "status",
        "stop",
        "studio",
        "style",
        "styles",
        "support",
        "sync",
        "system",
        "team",
        "terms",
        "territories",
        "territory",
        "test",
        "theme",
        "themes",
        "thumbnails",
        "tiles",
        "token",
        "tokens",
        "tos",
        "translate",
        "trash",
        "trusted",
        "undefined",
        "unlisted",
        "update",
        "upload",
        "uploads",
        "user",
        "username",
        "users",
        "v1",
        "v2",
        "version",
        "versions",
        "vote",
        "votes",
        "web",
        "webhook",
        "webhooks",
        "webmaster",
        "well-known",
        ".well-known",
        "wiki",
        "www",
        "xatra",
        "xatrahub",
        "xatraweb",
        "localuser",
    ]
)
_PATTERN: Final = re.compile(r"[a-z0-9](?:[a-z0-9_.-]{1,30})[a-z0-9]", re.ASCII)


class UsernameNotAllowed(Problem):
    """Nobody gets this name."""

    status = 422
    slug = "username-not-allowed"
    title = "This cannot be a user name"


class UsernameTaken(Problem):
    """Somebody has this name, or had it."""

    status = 409
    slug = "username-taken"
    title = "This user name is taken"


def check_username(username: str) -> None:
    """Refuse what cannot be a user name.

    Raises:
        UsernameNotAllowed: It is written wrongly, or reserved.
    """
    if not _PATTERN.fullmatch(username):
        raise UsernameNotAllowed(
            "A user name has 3 to 32 characters of a-z, 0-9, `_`, `.` and `-`, and begins and ends with a letter or digit."
        )
    if username in RESERVED:
        raise UsernameNotAllowed("This name is reserved.")


def names_like(base: str) -> Iterator[str]:
    """Yield user names close to `base`, the closest first: `asha`, `asha2`, `asha3`, …; some may be taken."""
    name = re.sub(r"[^a-z0-9_.-]+", "-", base.lower())[:24].strip("_.-")
    if len(name) < 3:  # noqa: PLR2004 - the shortest name
        name = f"{name}-maps".lstrip("-")
    if name not in RESERVED:
        yield name
    for number in count(2):
        yield f"{name}{number}"
