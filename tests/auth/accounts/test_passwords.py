"""Passwords: which may be chosen, and that a wrong one costs the same for every name."""

import asyncio
from collections.abc import Iterator
from unittest.mock import patch

import pytest
from pwdlib.hashers.argon2 import Argon2Hasher

from xatra_auth.accounts import passwords as module
from xatra_auth.accounts.passwords import (
    Passwords,
    PasswordTooCommon,
    PasswordTooShort,
    check_choice,
    predecessors_hash,
)


def choose(password: str) -> None:
    check_choice(password, min_characters=15, own_words=["ashoka", "Ashoka", "Maurya"])


@pytest.mark.parametrize(
    "password",
    [
        "seven lamps by the river",
        "correct horse battery staple",
        "tr0ub4dor&3xkcd!",
        "gbnwuqhdkahsgwq",
        "नदी के किनारे सात दीये",
        "!@#$%^&*()_+{}|",
        "x" + "7ab%k2" * 40,
    ],
)
def test_long_passwords_of_any_kind_of_characters_may_be_chosen(password: str) -> None:
    choose(password)


@pytest.mark.parametrize("password", ["", "short", "fourteen chars", "ﬁﬁﬁﬁ"])
def test_short_ones_may_not(password: str) -> None:
    with pytest.raises(PasswordTooShort):
        choose(password)


@pytest.mark.parametrize(
    "password",
    [
        "passwordpassword",
        "PasswordPassword",
        "iloveyouforever",
        "qwertyuiopasdfgh",
        "123456789012345",
        "abcdefghijklmnop",
        "ponmlkjihgfedcba",
        "aaaaaaaaaaaaaaaa",
        "7ab%k27ab%k27ab%k2",
        "Password-12345678",
        "\uff50\uff41\uff53\uff53\uff57\uff4f\uff52\uff4412345678",
        "ashoka-1234567890",
        "AshokaashokaAshoka",
        "xatra 1234567890",
    ],
)
def test_what_is_tried_first_may_not(password: str) -> None:
    with pytest.raises(PasswordTooCommon):
        choose(password)


@pytest.fixture
def passwords() -> Iterator[Passwords]:
    made = Passwords(at_once=1)
    yield made
    made.close()


def work_of(passwords: Passwords, password_hash: str | None, *, predecessors_exist: bool) -> tuple[int, int]:
    """Return how many hashes of either kind a wrong password costs: ours, the predecessor's."""
    with (
        patch.object(Argon2Hasher, "verify", autospec=True, side_effect=Argon2Hasher.verify) as ours,
        patch.object(module, "predecessors_hash", wraps=predecessors_hash) as theirs,
    ):
        verdict = asyncio.run(passwords.check("wrong", password_hash, predecessors_exist=predecessors_exist))
    assert not verdict.is_right
    return ours.call_count, theirs.call_count


def test_a_wrong_password_costs_the_same_whether_there_is_such_an_account_or_not(passwords: Passwords) -> None:
    ours = passwords.hash_now("right")
    assert work_of(passwords, None, predecessors_exist=False) == (1, 0)
    assert work_of(passwords, ours, predecessors_exist=False) == (1, 0)


def test_while_there_are_hashes_of_the_predecessors_every_failure_pays_for_both_kinds(passwords: Passwords) -> None:
    for password_hash in (None, passwords.hash_now("right"), predecessors_hash("right", "5" * 32)):
        assert work_of(passwords, password_hash, predecessors_exist=True) == (1, 1)


def test_a_predecessors_hash_is_replaced_when_its_password_was_right(passwords: Passwords) -> None:
    verdict = asyncio.run(passwords.check("right", predecessors_hash("right", "5" * 32), predecessors_exist=True))

    assert verdict.is_right
    assert asyncio.run(passwords.check("right", verdict.new_hash, predecessors_exist=True)).is_right


def test_the_predecessors_hashes_are_read_as_it_made_them(passwords: Passwords) -> None:
    made_by_it = (
        "pbkdf2_sha256$0123456789abcdef0123456789abcdef$"
        "e6a9331641ccdeb7728e373db8217cfff6113969b70a78b85ed50878ca2947d4"
    )

    assert asyncio.run(passwords.check("right", made_by_it, predecessors_exist=True)).is_right
    assert not asyncio.run(passwords.check("Right", made_by_it, predecessors_exist=True)).is_right


def test_what_other_keyboards_write_is_the_same_password(passwords: Passwords) -> None:
    composed, decomposed = "café by the river", "cafe\u0301 by the river"

    assert asyncio.run(passwords.check(decomposed, passwords.hash_now(composed), predecessors_exist=False)).is_right


def test_hashes_of_other_costs_are_made_anew(passwords: Passwords) -> None:
    weak = Argon2Hasher(time_cost=1, memory_cost=8192, parallelism=1).hash("right")
    verdict = asyncio.run(passwords.check("right", weak, predecessors_exist=False))

    assert verdict.is_right
    assert "m=32768,t=3" in (verdict.new_hash or "")
    assert asyncio.run(passwords.check("right", verdict.new_hash, predecessors_exist=False)).new_hash is None
