"""Callers: by which network an address counts."""

import pytest

from xatra_shared.identity.access_tokens import Claims
from xatra_shared.identity.callers import Caller, network_of


@pytest.mark.parametrize(
    ("host", "network"),
    [
        ("203.0.113.7", "203.0.113.7/32"),
        ("::ffff:203.0.113.7", "203.0.113.7/32"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        (None, "0.0.0.0/32"),
        ("unknown", "0.0.0.0/32"),
        ("", "0.0.0.0/32"),
    ],
)
def test_an_address_counts_as_its_network(host: str | None, network: str) -> None:
    assert network_of(host) == network
    assert Caller.at(host) == Caller(id=f"address:{network}", address=network)


def test_a_guest_is_itself_wherever_it_calls_from() -> None:
    guest = Caller.guest("0f" * 16, "203.0.113.7")

    assert guest == Caller(id=f"guest:{'0f' * 16}", address="203.0.113.7/32", kind="guest")


def test_guests_count_by_their_network_and_users_by_themselves() -> None:
    claims = Claims(7, 1, 1, "asha", is_trusted=False, is_admin=False)

    assert Caller.guest("0f" * 16, "203.0.113.7").network == "203.0.113.7/32"
    assert Caller.at("203.0.113.7").network == "203.0.113.7/32"
    assert Caller.user(claims, "203.0.113.7").network == Caller.user(claims, "203.0.113.8").network == "user:7"


@pytest.mark.parametrize(("is_trusted", "kind"), [(False, "user"), (True, "trusted")])
def test_who_is_trusted_is_so_by_their_token(is_trusted: bool, kind: str) -> None:  # noqa: FBT001 - a parameter of the test
    assert Caller.user(Claims(7, 1, 1, "asha", is_trusted=is_trusted, is_admin=False), None).kind == kind
