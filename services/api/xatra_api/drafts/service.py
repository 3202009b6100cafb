"""The rules of drafts: who has them, what saves them, and what becomes of them."""

import secrets
from collections.abc import Callable
from dataclasses import asdict
from typing import Any, Final, override

import orjson
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from sqlalchemy import Connection
from starlette.responses import Response

from xatra_api.drafts import repository
from xatra_api.drafts.repository import CURRENT, Draft, Summary
from xatra_api.drafts.schemas import DraftFields
from xatra_api.drafts.splitting import Parts, take_apart
from xatra_api.files import repository as files
from xatra_api.hub.service import PreconditionRequired
from xatra_api.processes import Processes
from xatra_shared.http.problems import MEDIA_TYPE, Problem
from xatra_shared.identity.callers import Caller

MAX_DRAFT_BYTES: Final = 10_000_000

# Up to this length, no body was found that holds the interpreter's lock, and so all other requests, for 50 ms.
_MAX_INLINE_BYTES: Final = 500_000


class NoDraft(Problem):
    """The caller has no such draft."""

    status = 404
    slug = "no-draft"
    title = "There is no such draft"


class DraftTooLarge(Problem):
    """The draft says more than one may."""

    status = 413
    slug = "draft-too-large"
    title = f"A draft has at most {MAX_DRAFT_BYTES:,} bytes"


class DraftQuotaSpent(Problem):
    """All guests of a network together have more than they may: cookies cost nothing, networks do."""

    status = 413
    slug = "draft-quota"
    title = "The drafts of all guests at your address are too large together"


class DraftStale(Problem):
    """Another window, or device, has saved or deleted the draft."""

    status = 412
    slug = "stale"
    title = "The draft has changed since you read it"

    def __init__(self, current: Draft | None) -> None:
        super().__init__()
        self._current = current

    @override
    def response(self) -> Response:
        """Return the problem with the draft as it is now in `current`, which stays the text that it is stored as."""
        body = {
            "type": f"urn:xatra:problem:{self.slug}",
            "title": self.title,
            "status": self.status,
            "current": None if self._current is None else orjson.Fragment(whole(self._current)),
        }
        return Response(orjson.dumps(body), self.status, media_type=MEDIA_TYPE)


type Precondition = Callable[[Summary | None], bool]
"""Tells of the draft that there is, if there is one, whether it is what the client builds on."""


def precondition_of(if_match: str | None, if_none_match: str | None) -> Precondition:
    """Return what `If-Match: "7"` or `If-None-Match: *` demands (RFC 9110, 13.1).

    Raises:
        PreconditionRequired: It is neither.
    """
    if if_match is not None and if_none_match is None:
        tags = {tag.strip() for tag in if_match.split(",")}
        return lambda draft: draft is not None and tag_of(draft.version) in tags
    if if_none_match == "*" and if_match is None:
        return lambda draft: draft is None
    raise PreconditionRequired('Send `If-Match: "<version>"`, or `If-None-Match: *` where there is no draft yet.')


def tag_of(version: int) -> str:
    """Return the entity tag of a draft."""
    return f'"{version}"'


async def read_changes(processes: Processes, body: bytes) -> dict[str, Any]:
    """Return the fields that a body changes; `state` stays JSON.

    Raises:
        RequestValidationError: It is not of the form that drafts have.
        TooManyPrograms: The machine is too busy.
    """
    parts = take_apart(body) if len(body) <= _MAX_INLINE_BYTES else await _take_apart(processes, body)
    if parts.fault is not None:
        raise RequestValidationError([{"loc": ("body",), "msg": parts.fault}])
    try:
        changes = DraftFields.model_validate_json(parts.fields).model_dump(exclude_unset=True)
    except ValidationError as error:
        raise RequestValidationError([{**fault, "loc": ("body", *fault["loc"])} for fault in error.errors()]) from None
    return changes if parts.state is None else {**changes, "state": parts.state}


async def _take_apart(processes: Processes, body: bytes) -> Parts:
    answer = await processes.run(["-m", "xatra_api.drafts.splitting"], body)
    return Parts("It takes too much time or memory to read.") if answer is None else Parts(*orjson.loads(answer))


def save(
    connection: Connection, caller: Caller, precondition: Precondition, changes: dict[str, Any], network_bytes: int
) -> tuple[Summary, bool]:
    """Save the caller's current draft; what is not among the changes stays as it is. Tell whether it is new.

    Raises:
        DraftStale: It is not what the client builds on.
        DraftTooLarge: It would have more than 10 MB.
        DraftQuotaSpent: It grows, and all guests of the caller's network would have more than `network_bytes`.
    """
    repository.lock_owner(connection, caller.id)
    before = _expected(connection, caller, CURRENT, precondition)
    files.missing(connection, set(changes.get("files", {}).values()))  # keeps them from retention's hands
    network = None if caller.account else caller.network
    saved = repository.save_draft(connection, caller.id, network, changes)
    if saved.size_bytes > MAX_DRAFT_BYTES:
        raise DraftTooLarge
    if network is not None and (before is None or saved.size_bytes > before.size_bytes):
        repository.lock_owner(connection, network)
        if repository.sum_of_network(connection, network) > network_bytes:
            raise DraftQuotaSpent
    return saved, before is None


def read(connection: Connection, caller: Caller, draft_id: str) -> Draft:
    """Return a draft of the caller's.

    Raises:
        NoDraft: There is none of this id.
    """
    draft = repository.find_draft(connection, caller.id, draft_id)
    if draft is None:
        raise NoDraft
    return draft


def delete(connection: Connection, caller: Caller, draft_id: str, precondition: Precondition) -> None:
    """Delete a draft of the caller's.

    Raises:
        NoDraft: There is none of this id.
        DraftStale: It is not the one that the client has read.
    """
    if _expected(connection, caller, draft_id, precondition) is None:
        raise NoDraft
    repository.delete_draft(connection, caller.id, draft_id)


def restore(connection: Connection, caller: Caller, draft_id: str) -> Draft:
    """Let a draft that was set aside be the current one, which is set aside for it.

    Raises:
        NoDraft: There is none of this id.
    """
    repository.lock_owner(connection, caller.id)
    read(connection, caller, draft_id)
    repository.set_aside(connection, caller.id, secrets.token_hex(16))
    repository.make_current(connection, caller.id, draft_id)
    return read(connection, caller, CURRENT)


def _expected(connection: Connection, caller: Caller, draft_id: str, precondition: Precondition) -> Summary | None:
    """Return the draft that the client builds on, and keep it as it is until the end of the transaction."""
    draft = repository.lock_draft(connection, caller.id, draft_id)
    if not precondition(draft):
        raise DraftStale(repository.find_draft(connection, caller.id, draft_id))
    return draft


def whole(draft: Draft) -> bytes:
    """Return a draft as JSON; the client's own state is the text that it is stored as."""
    state = orjson.Fragment(draft.state or "{}")
    return orjson.dumps(
        {**DraftFields().model_dump(), **draft.fields, **asdict(draft.summary), "state": state},
        option=orjson.OPT_UTC_Z,
    )
