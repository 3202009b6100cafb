"""The caller of a request: whose quota it counts against and where it comes from."""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Literal, Self

from xatra_shared.identity.access_tokens import Claims
from xatra_shared.identity.api_tokens import TokenHolder

_NO_ADDRESS = IPv4Address(0)
_IPV6_PREFIX = 64  # what a provider gives one customer at least: single addresses in it cost nothing


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks.

    Attributes:
        id: `user:<number>` for somebody who is signed in, `guest:<32 hex digits>` for a guest with a cookie, else
            `address:<network>`.
        address: The network that the request came from: a /32 of IPv4 or a /64 of IPv6.
        kind: Which limits hold.
        claims: What the access token of somebody who came by a session states.
        holder: Who somebody is that came by a personal API token.
    """

    id: str
    address: str
    kind: Literal["guest", "user", "trusted"] = "guest"
    claims: Claims | None = None
    holder: TokenHolder | None = None

    @property
    def network(self) -> str:
        """The network by which limits count it: guests cost nothing, so that their address counts; users are their own."""
        return self.address if self.kind == "guest" else self.id

    @property
    def account(self) -> Claims | TokenHolder | None:
        """Who it is, by whatever they came; None for guests."""
        return self.claims or self.holder

    @classmethod
    def user(cls, claims: Claims, host: str | None) -> Self:
        """Return the user whose access token states `claims`, calling from the address `host`."""
        return cls(
            id=f"user:{claims.user_id}",
            address=network_of(host),
            kind="trusted" if claims.is_trusted else "user",
            claims=claims,
        )

    @classmethod
    def token_holder(cls, holder: TokenHolder, host: str | None) -> Self:
        """Return the user whose personal API token came from the address `host`."""
        return cls(
            id=f"user:{holder.user_id}",
            address=network_of(host),
            kind="trusted" if holder.is_trusted else "user",
            holder=holder,
        )

    @classmethod
    def guest(cls, guest_id: str, host: str | None) -> Self:
        """Return the guest `guest_id` (32 hex digits), calling from the address `host`."""
        return cls(id=f"guest:{guest_id}", address=network_of(host))

    @classmethod
    def at(cls, host: str | None) -> Self:
        """Return the caller of whom nothing is known but the address `host`."""
        network = network_of(host)
        return cls(id=f"address:{network}", address=network)


def network_of(host: str | None) -> str:
    """Return the network by which an address counts: IPv4 `a.b.c.d/32`, IPv6 `x::/64`.

    An IPv4 address written as IPv6 (`::ffff:a.b.c.d`) counts as IPv4. Whatever is no address (a Unix socket has
    none) counts as one and the same, `0.0.0.0/32`.
    """
    try:
        address: IPv4Address | IPv6Address = ip_address(host or "")
    except ValueError:
        address = _NO_ADDRESS
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    if isinstance(address, IPv4Address):
        return f"{address}/32"
    return str(IPv6Network((int(address), _IPV6_PREFIX), strict=False))
