"""Whose word about a client's address counts."""

import asyncio
from ipaddress import ip_network
from typing import Any

import pytest
from starlette.types import Receive, Scope, Send

from xatra_shared.http.forwarded import ForwardedHeaders

PROXY = "10.0.0.1"
TRUSTED = [ip_network("10.0.0.0/8"), ip_network("198.51.100.0/24"), ip_network("2001:db8:f::/48")]


def seen(
    headers: list[tuple[str, str]], *, peer: str | None = PROXY, trusted: list[Any] | None = None
) -> tuple[str | None, str]:
    """Return the client's address and the scheme as an application sees them."""
    scopes = []

    async def app(scope: Scope, _receive: Receive, _send: Send) -> None:
        scopes.append(scope)

    scope = {
        "type": "http",
        "scheme": "http",
        "client": (peer, 4711) if peer else None,
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers],
    }
    layer = ForwardedHeaders(app, trusted_proxies=TRUSTED if trusted is None else trusted)
    asyncio.run(layer(scope, None, None))  # type: ignore[arg-type] # neither is used
    client = scopes[0]["client"]
    return (client[0] if client else None, scopes[0]["scheme"])


CF, REAL, FORWARDED, PROTO = "CF-Connecting-IP", "X-Real-IP", "X-Forwarded-For", "X-Forwarded-Proto"


@pytest.mark.parametrize(
    ("headers", "client"),
    [
        ([], PROXY),
        ([(FORWARDED, "203.0.113.7")], "203.0.113.7"),
        ([(FORWARDED, "192.0.2.1, 203.0.113.7")], "203.0.113.7"),
        ([(FORWARDED, "192.0.2.1, 203.0.113.7, 10.0.0.2")], "203.0.113.7"),
        ([(FORWARDED, "192.0.2.1"), (FORWARDED, "203.0.113.7, 10.0.0.2")], "203.0.113.7"),
        ([(FORWARDED, "10.0.0.3, 10.0.0.2")], "10.0.0.3"),
        ([(FORWARDED, "203.0.113.7, nonsense")], PROXY),
        ([(FORWARDED, "nonsense, 203.0.113.7")], "203.0.113.7"),
        ([(REAL, "203.0.113.8"), (FORWARDED, "203.0.113.7")], "203.0.113.8"),
        ([(REAL, "203.0.113.8"), (REAL, "203.0.113.9"), (FORWARDED, "203.0.113.7")], "203.0.113.7"),
        ([(REAL, "nonsense"), (FORWARDED, "203.0.113.7")], "203.0.113.7"),
        ([(REAL, "10.0.0.2"), (FORWARDED, "203.0.113.7, 10.0.0.2")], "203.0.113.7"),
        ([(CF, "203.0.113.9")], "203.0.113.9"),
        ([(CF, "203.0.113.9"), (REAL, "198.51.100.4"), (FORWARDED, "203.0.113.7, 198.51.100.4")], "203.0.113.9"),
        ([(CF, "nonsense"), (FORWARDED, "203.0.113.7")], "203.0.113.7"),
        ([(FORWARDED, "::ffff:203.0.113.7")], "203.0.113.7"),
        ([(FORWARDED, "2001:db8::7, 2001:db8:f::1")], "2001:db8::7"),
    ],
)
def test_a_trusted_proxy_tells_who_called(headers: list[tuple[str, str]], client: str) -> None:
    assert seen(headers)[0] == client


def test_a_header_of_cloudflares_that_a_client_made_up_does_not_count() -> None:
    forged = (CF, "192.0.2.1")

    assert seen([forged, (FORWARDED, "203.0.113.7")])[0] == "203.0.113.7"
    assert seen([forged, (REAL, "203.0.113.7")])[0] == "203.0.113.7"


@pytest.mark.parametrize("peer", ["203.0.113.1", "2001:db8:e::1"])
def test_a_strangers_word_does_not_count(peer: str) -> None:
    headers = [(CF, "192.0.2.1"), (REAL, "192.0.2.2"), (FORWARDED, "192.0.2.3"), (PROTO, "https")]

    assert seen(headers, peer=peer) == (peer, "http")


def test_without_trusted_proxies_nobodys_word_counts() -> None:
    headers = [(FORWARDED, "192.0.2.3"), (PROTO, "https")]

    assert seen(headers, trusted=[]) == (PROXY, "http")
    assert seen(headers, peer=None, trusted=[]) == (None, "http")


def test_a_peer_on_a_unix_socket_is_a_proxy_of_ours_where_there_are_any() -> None:
    assert seen([(FORWARDED, "203.0.113.7"), (PROTO, "https")], peer=None) == ("203.0.113.7", "https")
    assert seen([], peer=None) == (None, "http")


@pytest.mark.parametrize(
    ("values", "scheme"),
    [(["https"], "https"), (["http"], "http"), (["wss"], "http"), (["https", "https"], "http"), ([], "http")],
)
def test_the_scheme_is_what_a_trusted_proxy_says(values: list[str], scheme: str) -> None:
    assert seen([(PROTO, value) for value in values])[1] == scheme
