"""Passwords: which may be chosen, how they are kept, and that checking a wrong one takes the same time for every name.

The rules are those of NIST SP 800-63B-4, 3.1.1.2: length and a list of passwords that are known to be common, nothing
about kinds of characters. A password is the only factor here, hence the fifteen characters that are asked for by default.
"""

import asyncio
import hashlib
import hmac
import re
import unicodedata
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Final

from pwdlib.hashers.argon2 import Argon2Hasher

from xatra_shared.http.problems import Problem

MAX_CHARACTERS: Final = 256
_SITE_WORDS: Final = ("xatra", "xatraweb")
_PREDECESSOR: Final = "pbkdf2_sha256$"
_PREDECESSOR_ROUNDS: Final = 600_000


class PasswordTooShort(Problem):
    """The chosen password is shorter than the rule."""

    status = 422
    slug = "password-too-short"
    title = "The password is too short"


class PasswordTooCommon(Problem):
    """The chosen password is among the first that anybody would try."""

    status = 422
    slug = "password-too-common"
    title = "The password is too easy to guess"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a password was right, and what to keep instead of its hash, where that is of an older kind."""

    is_right: bool
    new_hash: str | None = None


class Passwords:
    """Hashes and checks passwords in a bounded number of threads, since each takes 32 MiB meanwhile."""

    def __init__(self, *, at_once: int) -> None:
        # RFC 9106's second choice with half its memory: 75 ms of one core, three times what OWASP asks for at least.
        self._argon2 = Argon2Hasher(time_cost=3, memory_cost=32 * 1024, parallelism=1)
        self._decoy = self._argon2.hash("nobody's password")
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix="passwords")

    def close(self) -> None:
        """End the threads."""
        self._threads.shutdown()

    async def hash(self, password: str) -> str:
        """Return what to keep of a password."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self.hash_now, password)

    def hash_now(self, password: str) -> str:
        """Do the same in this thread."""
        return self._argon2.hash(_normalised(password))

    async def check(self, password: str, password_hash: str | None, *, predecessors_exist: bool) -> Verdict:
        """Tell whether a password is right.

        A wrong one takes the same time whether there is an account of that name or not, and whichever kind of hash it
        has: as long as there are any of the predecessor's, every failure pays for both kinds.

        Args:
            password: What was entered.
            password_hash: The account's; None where there is no account, or none with a password.
            predecessors_exist: Whether any account still has a hash of the predecessor's.
        """
        return await asyncio.get_running_loop().run_in_executor(
            self._threads, self._check, password, password_hash, predecessors_exist
        )

    def _check(self, password: str, password_hash: str | None, predecessors_exist: bool) -> Verdict:  # noqa: FBT001 - executors pass no keywords
        if password_hash is not None and password_hash.startswith(_PREDECESSOR):
            if matches_predecessors_hash(password, password_hash):
                return Verdict(is_right=True, new_hash=self.hash_now(password))
            self._argon2.verify(_normalised(password), self._decoy)
            return Verdict(is_right=False)
        is_right = self._argon2.verify(_normalised(password), password_hash or self._decoy)
        if is_right and password_hash is not None:
            needs_rehash = self._argon2.check_needs_rehash(password_hash)
            return Verdict(is_right=True, new_hash=self.hash_now(password) if needs_rehash else None)
        if predecessors_exist:
            predecessors_hash(password, "0" * 32)
        return Verdict(is_right=False)


def predecessors_hash(password: str, salt: str) -> str:
    """Return a hash as the predecessor made them: `pbkdf2_sha256$salt$hex`, the salt taken as it is written."""
    digest = hashlib.pbkdf2_hmac("sha256", password.encode(), salt.encode(), _PREDECESSOR_ROUNDS)
    return f"{_PREDECESSOR}{salt}${digest.hex()}"


def matches_predecessors_hash(password: str, password_hash: str) -> bool:
    """Tell whether a password is that of one of the predecessor's hashes."""
    salt = password_hash.removeprefix(_PREDECESSOR).partition("$")[0]
    return hmac.compare_digest(predecessors_hash(password, salt).encode(), password_hash.encode())


def check_choice(password: str, *, min_characters: int, own_words: Iterable[str]) -> None:
    """Refuse a password that nobody should choose.

    Args:
        password: The choice.
        min_characters: How long it must be.
        own_words: What strangers know about the account, such as its name.

    Raises:
        PasswordTooShort: It is shorter.
        PasswordTooCommon: It is common, a repetition, a row like `abcdef`, or made of two such parts.
    """
    if len(_normalised(password)) < min_characters:
        raise PasswordTooShort(
            f"It needs at least {min_characters} characters; a few words that do not belong together do well.",
            min_characters=min_characters,
        )
    known = {word.casefold() for word in (*own_words, *_SITE_WORDS)} | {""}
    folded = _normalised(password).casefold()
    letters = re.sub(r"[\W_]+", "", folded)
    if any(_is_guessable(text, known) for text in (folded, letters) if text):
        raise PasswordTooCommon(
            "It is, or is made of, what is tried first. A few words that do not belong together do well."
        )


def _is_guessable(text: str, known: set[str]) -> bool:
    def is_plain(part: str) -> bool:
        return part in known or part in _common_passwords() or _is_row(part)

    is_repetition = text in (text + text)[1:-1]
    return is_repetition or any(is_plain(text[:cut]) and is_plain(text[cut:]) for cut in range(len(text)))


def _is_row(part: str) -> bool:
    steps = {ord(second) - ord(first) for first, second in pairwise(part)}
    return len(steps) == 1 and steps <= {-1, 0, 1}


@cache
def _common_passwords() -> frozenset[str]:
    lines = files(__package__).joinpath("common_passwords.txt").read_text(encoding="ascii").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


def _normalised(password: str) -> str:
    """Return one form for what different keyboards write differently (NIST SP 800-63B-4, 3.1.1.2)."""
    return unicodedata.normalize("NFKC", password)
