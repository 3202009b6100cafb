"""Answers that need not be fetched twice (RFC 9110, 8.8 and 13.1.2)."""

import hashlib
import re
from collections.abc import Collection
from typing import Annotated, Any, Final

from fastapi import Header, Response
from pydantic import BaseModel

IMMUTABLE: Final = "public, max-age=31536000, immutable"
UNCHANGED: Final[dict[int | str, dict[str, Any]]] = {304: {"description": "The client has it"}}

IfNoneMatch = Annotated[str | None, Header(description="Entity tags that the client has")]

_ENTITY_TAG: Final = re.compile(r'(?:W/)?"([^"]*)"')


def known_tag(if_none_match: str | None, tags: Collection[str]) -> str | None:
    """Return the first of the client's entity tags that is among `tags`, written without quotes; None if none is."""
    return next((tag for tag in _ENTITY_TAG.findall(if_none_match or "") if tag in tags), None)


def answer(body: BaseModel, if_none_match: str | None, *, tag: str | None = None) -> Response:
    """Return a body that differs by who asks with its entity tag, or 304 for a client that has it.

    Args:
        body: What to answer.
        if_none_match: The client's entity tags.
        tag: The body's entity tag, without quotes; None: one is made of the body.
    """
    content = body.model_dump_json()
    tag = tag or hashlib.sha256(content.encode()).hexdigest()[:32]
    headers = {"Cache-Control": "private, no-cache", "ETag": f'"{tag}"', "Vary": "Authorization, Cookie"}
    if known_tag(if_none_match, {tag}):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type="application/json", headers=headers)
