"""Names of works: how they are written, and who may have them.

Others import works by name, on their own computers too. So a name that was ever public goes on leading to its work after a
renaming, and is never given to anyone else, not even when the work is deleted.
"""

import re
import secrets
from collections.abc import Iterator
from typing import Final

from sqlalchemy import Connection

from xatra_api.hub import names_repository
from xatra_api.hub.works import Kind
from xatra_shared.http.problems import Problem
from xatra_shared.text import fold

MAX_NEW_CHARACTERS: Final = 64
_MAX_SUGGESTED_CHARACTERS: Final = 56  # room for what is added to make it free
_NUMBERED: Final = 20
_RANDOM: Final = 20

# A map's page lies at its name, beside these first path segments of the site and of the api.
RESERVED: Final = frozenset(
    [
        "about",
        "account",
        "accounts",
        "admin",
        "alpha",
        "api",
        "app",
        "artefacts",
        "assets",
        "auth",
        "browse",
        "builder",
        "contact",
        "css",
        "demo",
        "docs",
        "document",
        "draft",
        "drafts",
        "editor",
        "embed",
        "explore",
        "favicon.ico",
        "featured",
        "files",
        "geography",
        "health",
        "healthz",
        "help",
        "home",
        "hub",
        "icons",
        "imports",
        "index",
        "index.html",
        "latest",
        "legal",
        "lib",
        "login",
        "logout",
        "manifest.json",
        "map",
        "maps",
        "me",
        "metrics",
        "new",
        "null",
        "oauth",
        "oembed",
        "openapi.json",
        "password",
        "privacy",
        "profile",
        "readyz",
        "register",
        "renders",
        "reports",
        "reset",
        "robots.txt",
        "search",
        "sessions",
        "settings",
        "signin",
        "signout",
        "signup",
        "sitemap.xml",
        "static",
        "status",
        "studio",
        "terms",
        "thumbnails",
        "tokens",
        "undefined",
        "user",
        "users",
        "well_known",
        ".well_known",
        "xatra",
    ]
)
_NEW_NAME: Final = re.compile(rf"(?!\.+\Z)[a-z0-9_.]{{1,{MAX_NEW_CHARACTERS}}}", re.ASCII)


class NameNotAllowed(Problem):
    """No work gets this name."""

    status = 422
    slug = "name-not-allowed"
    title = "This cannot be the name of a work"


class NameTaken(Problem):
    """Another work of this kind has the name, or had it where others may have seen it."""

    status = 409
    slug = "name-taken"
    title = "This name is taken"


class NameLocked(Problem):
    """The work is published."""

    status = 409
    slug = "name-locked"
    title = "A work that was published keeps its name"


def check_new(kind: Kind, name: str) -> None:
    """Refuse what cannot be a new name.

    Raises:
        NameNotAllowed: It is written wrongly, or reserved.
    """
    if not _NEW_NAME.fullmatch(name):
        raise NameNotAllowed(f"It has 1 to {MAX_NEW_CHARACTERS} characters of a-z, 0-9, `_` and `.`, not dots alone.")
    if kind == "map" and name in RESERVED:
        raise NameNotAllowed("This name is reserved.")


def take(connection: Connection, kind: Kind, name: str, user_id: int, work_id: int | None = None) -> None:
    """Let a name be a work's, or that of a work which is made next.

    Raises:
        NameNotAllowed: It is written wrongly, or reserved.
        NameTaken: It is or was another's.
    """
    check_new(kind, name)
    if not names_repository.take(connection, kind, name, user_id, work_id):
        raise NameTaken


def take_like(connection: Connection, kind: Kind, base: str, user_id: int) -> str:
    """Let a name like some text be that of a work which is made next, and return it.

    Raises:
        NameTaken: Everything that is like it is another's.
    """
    for name in _like(kind, base):
        if names_repository.take(connection, kind, name, user_id, None):
            return name
    raise NameTaken


def suggest(connection: Connection, kind: Kind, base: str) -> str:
    """Return a name that nobody has, like some text: the text itself in small letters, or with a number behind it."""
    return names_repository.first_free(connection, kind, list(_like(kind, base))) or secrets.token_hex(16)


def _like(kind: Kind, base: str) -> Iterator[str]:
    name = re.sub(r"[^a-z0-9_.]+", "_", fold(base), flags=re.ASCII)[:_MAX_SUGGESTED_CHARACTERS].strip("_.")
    name = name or "untitled"
    if not (kind == "map" and name in RESERVED):
        yield name
    for number in range(2, _NUMBERED):
        yield f"{name}_{number}"
    for _ in range(_RANDOM):
        yield f"{name}_{secrets.randbelow(10**6):06}"
