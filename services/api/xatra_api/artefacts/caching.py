"""Validators of content that never changes (RFC 9110, 8.8 and 13.1.2)."""

import re
from collections.abc import Collection
from typing import Final

IMMUTABLE: Final = "public, max-age=31536000, immutable"

_ENTITY_TAG: Final = re.compile(r'(?:W/)?"([^"]*)"')


def known_tag(if_none_match: str | None, tags: Collection[str]) -> str | None:
    """Return the first of the client's entity tags that is among `tags`, written without quotes; None if none is."""
    return next((tag for tag in _ENTITY_TAG.findall(if_none_match or "") if tag in tags), None)
