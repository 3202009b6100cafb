"""The words by which works are found: what is stored and what is searched for are taken apart in the same way."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from xatra_shared.text import fold

_ASCII_WORD: Final = re.compile(r"[a-z0-9]+")
_MAX_WORD_CHARACTERS: Final = 200  # PostgreSQL takes words of up to 2046 bytes
_USER: Final = "user:"
_USERNAME: Final = re.compile(r"[a-z0-9_.-]+")


@dataclass(frozen=True, slots=True)
class Search:
    """What somebody searches for.

    Attributes:
        words: With each of them a word of the work begins; folded, sorted, and none begins with another.
        usernames: Whose works, in lower case; several names may be one user's. The empty name is nobody's.
    """

    words: tuple[str, ...] = ()
    usernames: tuple[str, ...] = ()


def words_of(text: str) -> list[str]:
    """Return the words of a text, folded, in its order: runs of letters, digits, and the signs that belong to them.

    Whatever stands between words, such as the underscores and dots of names, is left out, as is what a word has beyond
    its first 200 characters. A work's `search_text` is its words with a space between two of them.
    """
    folded = fold(text)
    words = _ASCII_WORD.findall(folded) if folded.isascii() else _words_in(folded)
    return [word[:_MAX_WORD_CHARACTERS] for word in words]


def parse_search(text: str) -> Search:
    """Return what a person who typed `text` searches for: words, and `user:NAME` anywhere among them."""
    words: set[str] = set()
    usernames: set[str] = set()
    for token in text.split():
        head, rest = token[: len(_USER)].lower(), token[len(_USER) :].lower()
        if head != _USER:
            words.update(words_of(token))
        elif rest:
            usernames.add(rest if _USERNAME.fullmatch(rest) else "")
    return Search(_without_beginnings(sorted(words)), tuple(sorted(usernames)))


def _words_in(folded: str) -> Iterator[str]:
    word = ""
    for char in folded:
        if char.isalnum() or (word and unicodedata.category(char).startswith("M")):
            word += char
        elif word:
            yield word
            word = ""
    if word:
        yield word


def _without_beginnings(words: list[str]) -> tuple[str, ...]:
    """Leave out words that say nothing beside another: whatever has a word in `mau…` has one in `ma…`."""
    last = words[-1:]
    return tuple([word for word, following in pairwise(words) if not following.startswith(word)] + last)
