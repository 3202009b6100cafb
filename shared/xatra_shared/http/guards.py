"""What a request must look like before any route sees it, and the headers that every response carries.

Plain ASGI, so that streams pass through untouched.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.routing import compile_path
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from xatra_shared.http.problems import Problem

_SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN_SITES: Final = frozenset({"same-origin", "none"})  # `none`: a person did it, in the address bar
_HOST: Final = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:[0-9]{1,5})?", re.ASCII | re.IGNORECASE)

JSON: Final = "application/json"


class MisdirectedRequest(Problem):
    """The request names a host that is not ours."""

    status = 421
    slug = "misdirected-request"
    title = "This host is not served here"


class ForeignOrigin(Problem):
    """A page of another site asked for a change."""

    status = 403
    slug = "foreign-origin"
    title = "Changes are accepted from our own pages only"


class UnsupportedMediaType(Problem):
    """The body is of a type that the route does not take."""

    status = 415
    slug = "unsupported-media-type"
    title = "The body's type is not one that this address takes"


class ContentTooLarge(Problem):
    """The body is longer than the route takes."""

    status = 413
    slug = "content-too-large"
    title = "The body is too large"


@dataclass(frozen=True, slots=True)
class BodyRule:
    """Which bodies a path takes.

    Attributes:
        max_bytes: The longest.
        media_types: The types that `Content-Type` may say; None stands for any, and for none.
    """

    max_bytes: int
    media_types: frozenset[str] | None = frozenset({JSON})


class HostGuard:
    """Answers 421 to a request for a host that is not ours.

    Args:
        app: The application.
        allowed_hosts: Host names, lower case, without port; IPv6 addresses in brackets.
        exempt_paths: Paths that are asked inside the network by whatever name or address.
        limited_hosts: Further host -> the beginnings of the only paths that it serves.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        allowed_hosts: Collection[str],
        exempt_paths: Collection[str] = (),
        limited_hosts: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        self._app = app
        self._served = dict.fromkeys(allowed_hosts, ("",)) | dict(limited_hosts or {})
        self._exempt_paths = frozenset(exempt_paths)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on requests for our hosts."""
        if scope["type"] == "http" and scope["path"] not in self._exempt_paths and not self._is_ours(scope):
            await MisdirectedRequest().response()(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _is_ours(self, scope: Scope) -> bool:
        hosts = Headers(scope=scope).getlist("host")
        match = _HOST.fullmatch(hosts[0]) if len(hosts) == 1 else None
        return match is not None and scope["path"].startswith(self._served.get(match["name"].lower(), ()))


class WriteGuard:
    """Refuses writes from foreign pages (403), and bodies of a wrong type (415) or too long (413).

    Args:
        app: The application.
        allowed_origins: Origins beside the request's own that may write.
        body_rules: Rules of paths that take something else than `default_rule`; `{name}` is any one segment.
        default_rule: What all other paths take.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        allowed_origins: Collection[str] = (),
        body_rules: Mapping[str, BodyRule] | None = None,
        default_rule: BodyRule,
    ) -> None:
        self._app = app
        self._allowed_origins = frozenset(allowed_origins)
        self._body_rules = [(compile_path(path)[0], rule) for path, rule in (body_rules or {}).items()]
        self._default_rule = default_rule

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on reads, and writes that keep the rules."""
        if scope["type"] != "http" or scope["method"] in _SAFE_METHODS:
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        rule = next((rule for path, rule in self._body_rules if path.match(scope["path"])), self._default_rule)
        try:
            self._check_origin(scope, headers)
            _check_body(headers, rule)
        except Problem as problem:
            await problem.response()(scope, receive, send)
            return

        received_bytes = 0

        async def receive_within_limit() -> Message:
            nonlocal received_bytes
            message = await receive()
            received_bytes += len(message.get("body", b""))
            if received_bytes > rule.max_bytes:
                raise _too_large(rule)
            return message

        await self._app(scope, receive_within_limit, send)

    def _check_origin(self, scope: Scope, headers: Headers) -> None:
        """Refuse what a browser sends for another site's page; other clients send neither header."""
        origins = headers.getlist("origin")
        if any(origin in self._allowed_origins for origin in origins) and len(origins) == 1:
            return
        own_origin = f"{scope['scheme']}://{headers.get('host', '').lower()}"
        if any(origin != own_origin for origin in origins):
            raise ForeignOrigin
        if headers.get("sec-fetch-site", "same-origin") not in _OWN_SITES:
            raise ForeignOrigin


class SecurityHeaders:
    """Adds to every response the headers that keep it from being sniffed, framed, cached or leaked.

    A route that sends its own `Content-Security-Policy` decides for itself who may frame it; one that sends its own
    `Cache-Control`, who may keep it.
    """

    _DEFAULTS: ClassVar[dict[str, str]] = {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
    }

    def __init__(
        self, app: ASGIApp, content_security_policy: str = "default-src 'none'; frame-ancestors 'none'"
    ) -> None:
        self._app = app
        self._content_security_policy = content_security_policy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the headers to whatever the application answers."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._DEFAULTS.items():
                    headers.setdefault(name, value)
                if "Content-Security-Policy" not in headers:
                    headers["Content-Security-Policy"] = self._content_security_policy
                    headers["X-Frame-Options"] = "DENY"
            await send(message)

        await self._app(scope, receive, send_with_headers)


def _check_body(headers: Headers, rule: BodyRule) -> None:
    length = headers.get("content-length", "0")
    if length == "0" and "transfer-encoding" not in headers:
        return
    if length.isdecimal() and int(length) > rule.max_bytes:
        raise _too_large(rule)
    if rule.media_types is None:
        return
    given = [value.partition(";")[0].strip().lower() for value in headers.getlist("content-type")]
    if len(given) != 1 or given[0] not in rule.media_types:
        raise UnsupportedMediaType(f"Send it as {' or '.join(sorted(rule.media_types))}.")


def _too_large(rule: BodyRule) -> ContentTooLarge:
    return ContentTooLarge(f"The limit is {rule.max_bytes} bytes.", max_bytes=rule.max_bytes)
