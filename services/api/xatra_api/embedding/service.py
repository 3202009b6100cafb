"""The rules of embedding: which maps others may show, and under which addresses they are known."""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from sqlalchemy import Connection

from xatra_api.admin.service import get_branding
from xatra_api.embedding.pages import Shown, Site, frame_of
from xatra_api.embedding.schemas import OembedBody
from xatra_api.hub.service import read_version
from xatra_api.hub.works import WorkNotFound
from xatra_api.settings import ApiSettings
from xatra_shared.http.problems import Problem
from xatra_shared.identity.callers import Caller

CACHE_SECONDS: Final = 60

_WIDTH: Final = 800
_HEIGHT: Final = 500

_NAME: Final = re.compile(r"[a-z0-9_.]{1,200}", re.ASCII)
_VERSION: Final = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)
_HOST: Final = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:[0-9]{1,5})?", re.ASCII | re.IGNORECASE)

# Whoever frames a map shows it to anybody: nobody's rights count, not even its author's.
_ANYBODY: Final = Caller.at(None)


class FormatNotImplemented(Problem):
    """oEmbed may be asked for XML, which is optional (oembed.com, 2.2)."""

    status = 501
    slug = "format-not-implemented"
    title = "Answers are JSON only"


@dataclass(frozen=True, slots=True)
class Address:
    """A map as an address names it, whether there is one or not; no version: the latest."""

    name: str
    version: int | None


def site_of(connection: Connection, settings: ApiSettings, origin: str) -> Site:
    """Return where this site is.

    Args:
        connection: In whose transaction.
        settings: The settings.
        origin: `https://HOST[:PORT]`, by which the one who asks reaches it.
    """
    return Site(
        name=get_branding(connection).site_name,
        url=f"{origin}{settings.base_path}/",
        api_url=f"{origin}{settings.api_path}",
        artefacts_url=settings.artefacts_url if settings.artefact_origin else f"{origin}{settings.artefacts_url}",
        has_artefact_site=settings.artefact_origin is not None,
    )


def address(name: str, version: str | None) -> Address:
    """Return what an address names.

    Raises:
        WorkNotFound: That can be no map.
    """
    if not _NAME.fullmatch(name) or (version is not None and not _VERSION.fullmatch(version)):
        raise WorkNotFound
    return Address(name, None if version is None else int(version))


def address_in(url: str, settings: ApiSettings) -> Address:
    """Return the map that a URL of ours names: its page on the site, or the one that others frame.

    Raises:
        WorkNotFound: It is none of these, or of another site.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        raise WorkNotFound from None
    host = _HOST.fullmatch(parts.netloc)
    if parts.scheme not in {"http", "https"} or host is None or host[1].lower() not in settings.allowed_hosts:
        raise WorkNotFound
    embedded = f"{re.escape(settings.api_path)}/embed/(?P<name>[^/]+)(?:/(?P<version>[^/]+))?/?"
    page = f"{re.escape(settings.base_path)}/(?P<name>[^/]+)(?:/v(?P<version>[^/]+))?/?"
    found = re.fullmatch(embedded, parts.path) or re.fullmatch(page, parts.path)
    if found is None:
        raise WorkNotFound
    return address(found["name"], found["version"])


def find(connection: Connection, wanted: Address, settings: ApiSettings) -> Shown:
    """Return a published map that everybody may see.

    Raises:
        WorkNotFound: There is none of this name, or it is private.
        WorkHidden: Administrators have hidden it.
        VersionNotFound: It has no such version, or none at all.
    """
    found = read_version(connection, "map", wanted.name, _ANYBODY, wanted.version, settings)
    artefact = found.artefact
    return Shown(
        name=found.name,
        version=wanted.version,
        author=found.author,
        artefact_url=artefact.url if artefact else None,
        is_pending=artefact is not None and artefact.state == "pending",
    )


def describe(shown: Shown, site: Site, max_width: int | None, max_height: int | None) -> OembedBody:
    """Return how to show a map on another page, within a size in pixels."""
    width, height = min(_WIDTH, max_width or _WIDTH), min(_HEIGHT, max_height or _HEIGHT)
    return OembedBody(
        title=shown.name,
        author_name=shown.author,
        author_url=shown.author_url(site),
        provider_name=site.name,
        provider_url=site.url,
        cache_age=CACHE_SECONDS,
        html=frame_of(shown, site, width, height),
        width=width,
        height=height,
    )
