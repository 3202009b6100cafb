"""The routes of drafts."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Header, Path, Request, Response

from xatra_api.caching import UNCHANGED, known_tag
from xatra_api.drafts import promotion, repository, service
from xatra_api.drafts.repository import Draft
from xatra_api.drafts.schemas import DraftBody, DraftChange, DraftList, DraftSummary, Promotion, PromotionRequest
from xatra_api.drafts.service import Precondition, precondition_of, tag_of
from xatra_api.guests.service import require_known
from xatra_api.hub.endpoints import ImportsDep
from xatra_api.hub.works import ReaderDep, WriterDep
from xatra_api.resources import ResourcesDep
from xatra_shared.identity.callers import Caller

router = APIRouter(prefix="/drafts", tags=["drafts"])

_JSON: Final = "application/json"
# Bodies are read as bytes: they may be long.
_BODY: Final = {"requestBody": {"required": True, "content": {_JSON: {"schema": DraftChange.model_json_schema()}}}}
_WHOLE: Final[dict[int | str, dict[str, Any]]] = {200: {"model": DraftBody}}

SetAsideId = Annotated[str, Path(pattern="^[0-9a-f]{32}$", description="Of a draft that was set aside")]
DraftId = Annotated[str, Path(pattern="^(current|[0-9a-f]{32})$", description="`current`, or what was set aside")]
IfMatch = Annotated[str | None, Header(description='Version that this builds on, such as `"7"`')]


def _reader(caller: ReaderDep) -> Caller:
    require_known(caller)
    return caller


def _writer(caller: WriterDep) -> Caller:
    require_known(caller)
    return caller


OwnerDep = Annotated[Caller, Depends(_reader)]
ChangingOwnerDep = Annotated[Caller, Depends(_writer)]


def _as_read(if_match: IfMatch = None) -> Precondition:
    return (lambda _draft: True) if if_match is None else precondition_of(if_match, None)


AsReadDep = Annotated[Precondition, Depends(_as_read)]
"""What `If-Match` demands; without it, nothing."""


@router.get("")
async def list_drafts(resources: ResourcesDep, caller: OwnerDep) -> DraftList:
    """Return your drafts without what they say: the current one, and those that were set aside.

    When you sign in, the draft that you began as a guest is yours. If you had one already, that stays the current one,
    and the guest's is set aside.
    """
    async with resources.engine.connect() as connection:
        drafts = await connection.run_sync(repository.list_drafts, caller.id)
    return DraftList.model_validate({"drafts": drafts}, from_attributes=True)


@router.get("/{draft_id}", response_class=Response, responses=_WHOLE | UNCHANGED)
async def get_draft(
    draft_id: DraftId,
    resources: ResourcesDep,
    caller: OwnerDep,
    if_none_match: Annotated[str | None, Header(description="Entity tags that the client has")] = None,
) -> Response:
    """Return a draft of yours."""
    async with resources.engine.connect() as connection:
        draft = await connection.run_sync(service.read, caller, draft_id)
    if known_tag(if_none_match, {str(draft.summary.version)}):
        return Response(status_code=304, headers={"ETag": tag_of(draft.summary.version)})
    return _answer(draft)


@router.put("/current", responses={201: {"model": DraftSummary}}, openapi_extra=_BODY)
async def save_draft(
    request: Request,
    response: Response,
    resources: ResourcesDep,
    caller: ChangingOwnerDep,
    if_match: IfMatch = None,
    if_none_match: Annotated[str | None, Header(description="`*`: there is no draft yet")] = None,
) -> DraftSummary:
    """Save your current draft; a field that is not sent stays as it is.

    A draft that was saved meanwhile is not overwritten: 412 `stale` has it as `current`.
    """
    precondition = precondition_of(if_match, if_none_match)
    changes = await service.read_changes(resources.processes, await request.body())
    network_bytes = resources.settings.address_draft_quota_bytes
    async with resources.engine.begin() as connection:
        saved, is_new = await connection.run_sync(service.save, caller, precondition, changes, network_bytes)
    response.status_code = 201 if is_new else 200
    response.headers["ETag"] = tag_of(saved.version)
    return DraftSummary.model_validate(saved, from_attributes=True)


@router.delete("/{draft_id}", status_code=204)
async def delete_draft(
    draft_id: DraftId, resources: ResourcesDep, caller: ChangingOwnerDep, precondition: AsReadDep
) -> None:
    """Delete a draft of yours."""
    async with resources.engine.begin() as connection:
        await connection.run_sync(service.delete, caller, draft_id, precondition)


@router.post("/{draft_id}/restore", response_class=Response, responses=_WHOLE)
async def restore_draft(draft_id: SetAsideId, resources: ResourcesDep, caller: ChangingOwnerDep) -> Response:
    """Let a draft that was set aside be your current one; the one that was is set aside for it."""
    async with resources.engine.begin() as connection:
        return _answer(await connection.run_sync(service.restore, caller, draft_id))


@router.post("/current/promote", status_code=201)
async def promote_draft(
    body: PromotionRequest, caller: WriterDep, resources: ResourcesDep, imports: ImportsDep, precondition: AsReadDep
) -> Promotion:
    """Make works out of your current draft: a map with its library and theme, as far as they are not empty.

    The draft is gone then. Where the name is taken, or anything else refused, it stays.
    """
    return await promotion.promote(resources, imports, caller, body, precondition)


def _answer(draft: Draft) -> Response:
    return Response(service.whole(draft), media_type=_JSON, headers={"ETag": tag_of(draft.summary.version)})
