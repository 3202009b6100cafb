"""Guests: nobody but us makes a cookie or a token."""

import pytest

from xatra_shared.identity.guests import GuestKeys, new_guest_id

KEYS = GuestKeys("a secret of thirty-two characters!")
GUEST = "0123456789abcdef0123456789abcdef"


def test_guest_ids_are_128_random_bits() -> None:
    assert len({new_guest_id() for _ in range(100)}) == 100
    assert all(len(bytes.fromhex(new_guest_id())) == 16 for _ in range(10))


def test_our_own_cookie_names_its_guest() -> None:
    assert KEYS.guest_in(KEYS.sign(GUEST)) == GUEST


COOKIE = KEYS.sign(GUEST)


@pytest.mark.parametrize(
    "cookie",
    [
        "",
        COOKIE + "0",
        COOKIE[:-1],
        COOKIE[:-1] + ("1" if COOKIE[-1] == "0" else "0"),
        COOKIE.replace("v1", "v2"),
        COOKIE.replace("0123", "1123"),
        COOKIE.upper(),
        f" {COOKIE}",
        f"{COOKIE}\n",
        f"v1.{GUEST}.{KEYS.csrf_token(GUEST)}",
        f"v1.{GUEST}.{'é' * 64}",
        GuestKeys("another secret of the same length!").sign(GUEST),
    ],
)
def test_any_other_cookie_names_nobody(cookie: str) -> None:
    assert KEYS.guest_in(cookie) is None


def test_a_token_is_its_guests_alone() -> None:
    assert KEYS.is_csrf_token(GUEST, KEYS.csrf_token(GUEST))
    assert not KEYS.is_csrf_token("f" * 32, KEYS.csrf_token(GUEST))
    assert not KEYS.is_csrf_token(GUEST, "é\udc80")


def test_the_previous_secret_is_accepted_and_signs_nothing() -> None:
    rotated = GuestKeys("the new secret, long enough by far", previous=KEYS.current)

    assert rotated.guest_in(KEYS.sign(GUEST)) == GUEST
    assert rotated.is_csrf_token(GUEST, KEYS.csrf_token(GUEST))
    assert rotated.sign(GUEST) != KEYS.sign(GUEST)
    assert rotated.csrf_token(GUEST) != KEYS.csrf_token(GUEST)


def test_the_tokens_of_guests_and_sessions_are_different_and_each_ones_own() -> None:
    assert KEYS.is_session_csrf_token(7, KEYS.session_csrf_token(7))
    assert not KEYS.is_session_csrf_token(8, KEYS.session_csrf_token(7))
    assert not KEYS.is_session_csrf_token(7, KEYS.csrf_token("7"))
    rotated = GuestKeys("the new secret, long enough by far", previous=KEYS.current)
    assert rotated.is_session_csrf_token(7, KEYS.session_csrf_token(7))
