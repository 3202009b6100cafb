"""The page that other sites frame: the map's own page in a sandbox, and below it whose it is. No script of ours runs."""

import base64
import hashlib
from dataclasses import dataclass
from html import escape
from typing import Final
from urllib.parse import urlencode

_REFRESH_SECONDS: Final = 5

_STYLE: Final = """
:root { color-scheme: light dark; }
html, body { height: 100%; margin: 0; }
body { display: flex; flex-direction: column; font: 13px/1.5 system-ui, sans-serif; }
iframe { flex: 1; border: 0; width: 100%; }
main { flex: 1; display: grid; place-content: center; padding: 1em; text-align: center; }
footer { padding: 2px 8px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
a { color: inherit; }
"""
_STYLE_HASH: Final = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()


@dataclass(frozen=True, slots=True)
class Site:
    """Where this site is, as the one who asks reaches it.

    Attributes:
        name: How it calls itself.
        url: Its first page, with a slash at the end.
        api_url: Where the api's addresses begin.
        artefacts_url: Where maps lie.
        has_artefact_site: Maps lie on a site of their own, whose origin they then have.
    """

    name: str
    url: str
    api_url: str
    artefacts_url: str
    has_artefact_site: bool

    @property
    def policy(self) -> str:
        """The `Content-Security-Policy` of its pages for others: anyone may frame them, and they frame maps alone."""
        return (
            f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; frame-src {self.artefacts_url}/; "
            "base-uri 'none'; form-action 'none'; frame-ancestors *"
        )


@dataclass(frozen=True, slots=True)
class Shown:
    """A published map as others show it.

    Attributes:
        name: Of the map.
        version: Which one is asked for; None: always the latest.
        author: Name of its author; None: nobody's any more.
        artefact_url: Where its page lies; None: there is none, or not yet.
        is_pending: There is none yet.
    """

    name: str
    version: int | None
    author: str | None
    artefact_url: str | None
    is_pending: bool

    @property
    def title(self) -> str:
        """What it is called where there is one line for it."""
        return f"{self.name} by {self.author}" if self.author else self.name

    def page_url(self, site: Site) -> str:
        """Return where it has its page on the site itself."""
        return f"{site.url}{self.name}" + (f"/v{self.version}" if self.version else "")

    def embed_url(self, site: Site) -> str:
        """Return where the page lies that others frame."""
        return f"{site.api_url}/embed/{self.name}" + (f"/{self.version}" if self.version else "")

    def author_url(self, site: Site) -> str | None:
        """Return where its author has a page."""
        return f"{site.url}user/{self.author}" if self.author else None


def map_page(shown: Shown, site: Site) -> str:
    """Return the page of a map: the map itself, or what became of it."""
    head = [
        f'<link rel="canonical" href="{escape(shown.page_url(site))}">',
        f'<link rel="alternate" type="application/json+oembed" href="{escape(_oembed_url(shown, site))}">',
    ]
    if shown.is_pending:
        head.append(f'<meta http-equiv="refresh" content="{_REFRESH_SECONDS}">')
        body = "<main>This map is being drawn. It will appear here in a moment.</main>"
    elif shown.artefact_url is None:
        body = "<main>This map could not be drawn.</main>"
    else:
        body = _frame(shown.artefact_url, shown.title, site)
    return _page(shown.title, head, body + _footer(shown, site), site)


def message_page(message: str, site: Site) -> str:
    """Return the page that says why there is no map."""
    return _page(message, [], f"<main>{escape(message)}</main><footer>{_link(site.url, site.name)}</footer>", site)


def frame_of(shown: Shown, site: Site, width: int, height: int) -> str:
    """Return the HTML by which another page shows a map.

    Args:
        shown: The map.
        site: This site.
        width: In pixels.
        height: In pixels.
    """
    return (
        f'<iframe src="{escape(shown.embed_url(site))}" title="{escape(shown.title)}" width="{width}" '
        f'height="{height}" style="border:0" loading="lazy" allowfullscreen></iframe>'
    )


def _page(title: str, head: list[str], body: str, site: Site) -> str:
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)} - {escape(site.name)}</title>\n"
        f"{'\n'.join(head)}\n<style>{_STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _frame(url: str, title: str, site: Site) -> str:
    """Return the frame of a map's page: hostile, and only on a site of its own may it have an origin of its own."""
    sandbox = "allow-scripts allow-popups" + (" allow-same-origin" if site.has_artefact_site else "")
    return f'<iframe src="{escape(url)}" title="{escape(title)}" sandbox="{sandbox}"></iframe>'


def _footer(shown: Shown, site: Site) -> str:
    parts = [_link(shown.page_url(site), shown.name)]
    if author_url := shown.author_url(site):
        parts.append(f" by {_link(author_url, shown.author or '')}")
    return f"<footer>{''.join(parts)} &middot; {_link(site.url, site.name)}</footer>"


def _link(url: str, text: str) -> str:
    return f'<a href="{escape(url)}" target="_blank" rel="noopener">{escape(text)}</a>'


def _oembed_url(shown: Shown, site: Site) -> str:
    return f"{site.api_url}/oembed?{urlencode({'url': shown.page_url(site), 'format': 'json'})}"
