"""Answers that differ by who asks and that clients ask for again and again: they need not be fetched twice."""

import hashlib

from fastapi import Response
from pydantic import BaseModel

from xatra_api.artefacts.caching import known_tag


def answer(body: BaseModel, if_none_match: str | None, *, tag: str | None = None) -> Response:
    """Return a body with its entity tag, or 304 for a client that has it.

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
