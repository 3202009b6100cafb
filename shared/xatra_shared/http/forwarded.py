"""Who really called, where proxies stand in front: what their headers say, if they are ours."""

import re
from collections.abc import Collection, Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

_SCHEMES: Final = frozenset({"http", "https"})
_MAX_HOPS: Final = 20
_COUNTRY: Final = re.compile(r"[A-Z][A-Z0-9]", re.ASCII)  # T1: Cloudflare's for Tor


class ForwardedHeaders:
    """Puts the client's address and scheme into the scope, as trusted proxies tell them.

    `CF-Connecting-IP`, `X-Real-IP` and `X-Forwarded-For` count in this order, from trusted peers alone. A proxy of ours
    may pass on a `CF-Connecting-IP` that its own client made up, so it counts only where that client is trusted too, or
    nothing is said about it. `X-Forwarded-Proto` counts from trusted peers. A peer without an address, on a Unix socket,
    is trusted as soon as anybody is.

    The client's country goes into the request's state as `country`, where such a peer tells it.

    Args:
        app: The application.
        trusted_proxies: Addresses and networks of proxies.
        country_header: Where they tell the client's country, in two letters; None: they do not.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        trusted_proxies: Collection[IPv4Network | IPv6Network],
        country_header: str | None = None,
    ) -> None:
        self._app = app
        self._trusted = tuple(trusted_proxies)
        self._country_header = country_header

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on every request, with what is known of its client."""
        if self._trusted and scope["type"] in {"http", "websocket"}:
            peer = _address(scope["client"][0]) if scope.get("client") else None
            if peer is None or self._trusts(peer):
                scope = self._as_forwarded(scope, peer)
        await self._app(scope, receive, send)

    def _as_forwarded(self, scope: Scope, peer: IPv4Address | IPv6Address | None) -> Scope:
        headers = Headers(scope=scope)
        changed = dict(scope)
        client = self._client(headers)
        if client is None:
            client = peer
        changed["client"] = None if client is None else (str(client), 0)
        protocols = headers.getlist("x-forwarded-proto")
        if len(protocols) == 1 and protocols[0] in _SCHEMES:
            changed["scheme"] = protocols[0]
        countries = headers.getlist(self._country_header) if self._country_header else []
        if len(countries) == 1 and _COUNTRY.fullmatch(countries[0]):
            changed["state"] = {**scope.get("state", {}), "country": countries[0]}
        return changed

    def _client(self, headers: Headers) -> IPv4Address | IPv6Address | None:
        cloudflare = _only_address(headers.getlist("cf-connecting-ip"))
        real = _only_address(headers.getlist("x-real-ip"))
        hops = [_address(hop) for line in headers.getlist("x-forwarded-for") for hop in line.split(",")][-_MAX_HOPS:]
        nearest = real or (hops[-1] if hops else None)
        if cloudflare is not None and (nearest is None or self._trusts(nearest)):
            return cloudflare
        if real is not None and not self._trusts(real):
            return real
        return self._first_stranger(reversed(hops)) or real

    def _first_stranger(self, hops: Iterable[IPv4Address | IPv6Address | None]) -> IPv4Address | IPv6Address | None:
        """Return the hop that handed the request to the proxies of ours, or the farthest of these."""
        farthest = None
        for hop in hops:
            if hop is None:
                break
            farthest = hop
            if not self._trusts(hop):
                break
        return farthest

    def _trusts(self, address: IPv4Address | IPv6Address) -> bool:
        return any(address in network for network in self._trusted)


def _only_address(values: list[str]) -> IPv4Address | IPv6Address | None:
    return _address(values[0]) if len(values) == 1 else None


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    return address.ipv4_mapped or address if isinstance(address, IPv6Address) else address
