"""Personal API tokens: how they are written, what they may do, and what is known of their holders.

A token is 256 random bits with a prefix, by which people and secret scanners know it, and a checksum, by which a mistyped
one is known without asking anybody. What is kept is its SHA-256: nobody guesses 256 random bits, so that a slow hash, which
passwords need, would protect nothing more and cost every request; and without a salt the digest finds the row.
"""

import hashlib
import re
import secrets
import string
import zlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

MARK: Final = "xatra_"
_ALPHABET: Final = string.digits + string.ascii_letters
_RANDOM_CHARACTERS: Final = 43  # of 62 each: 256 bits
_CHECKSUM_CHARACTERS: Final = 6  # of 62 each: 32 bits
_SHOWN_CHARACTERS: Final = 6
_TOKEN: Final = re.compile(rf"{MARK}[0-9A-Za-z]{{{_RANDOM_CHARACTERS + _CHECKSUM_CHARACTERS}}}", re.ASCII)


class Scope(StrEnum):
    """What a token may be for; each endpoint takes one of them, or none."""

    RENDER = "render"
    HUB_READ = "hub:read"
    HUB_WRITE = "hub:write"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class TokenHolder:
    """Who came by a personal API token, and what it is for.

    Attributes:
        token_id: The token's number.
        user_id: Whose it is.
        token_version: Of the user's, when this was read; see `access_tokens.Claims`.
        username: The user's name.
        is_trusted: Whether the user has a trusted user's limits.
        scopes: What the token is for.
        seconds_left: Until it expires.
    """

    token_id: int
    user_id: int
    token_version: int
    username: str
    is_trusted: bool
    scopes: frozenset[Scope]
    seconds_left: float


def new_token() -> str:
    """Return a new token."""
    value = MARK + "".join(secrets.choice(_ALPHABET) for _ in range(_RANDOM_CHARACTERS))
    return value + _checksum(value)


def is_well_formed(text: str) -> bool:
    """Tell whether this is written as we write tokens, checksum included."""
    return bool(_TOKEN.fullmatch(text)) and text.endswith(_checksum(text[:-_CHECKSUM_CHARACTERS]))


def digest_of(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def prefix_of(token: str) -> str:
    """Return the beginning by which a token's owner knows it again."""
    return token[: len(MARK) + _SHOWN_CHARACTERS]


def _checksum(value: str) -> str:
    number = zlib.crc32(value.encode())
    digits = ""
    for _ in range(_CHECKSUM_CHARACTERS):
        number, digit = divmod(number, len(_ALPHABET))
        digits = _ALPHABET[digit] + digits
    return digits
