"""Makes text comparable for searching: what people type and what they mean seldom agree in case and accents."""

import unicodedata
from typing import Final

# Letters that Unicode does not take apart, though people type them as these.
_PLAIN_LETTERS: Final = str.maketrans(
    {
        "æ": "ae",
        "ð": "d",
        "đ": "d",
        "ħ": "h",
        "ı": "i",  # noqa: RUF001 - the Turkish letter is meant
        "ł": "l",
        "ŋ": "n",
        "ø": "o",
        "œ": "oe",
        "þ": "th",
        "ŧ": "t",
    }
)


def fold(text: str) -> str:
    """Return a text without case and accents: "Île-de-France" and "ILE-DE-FRANCE" become the same.

    Compatible forms are taken apart (NFKD), combining characters dropped, and case folded. The vowel signs of Indic
    scripts do not combine and stay. Folding twice changes nothing.
    """
    if text.isascii():
        return text.lower()
    letters = (char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return "".join(letters).casefold().translate(_PLAIN_LETTERS)
