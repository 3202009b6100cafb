"""The route by which users download what is theirs."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Response
from fastapi.responses import StreamingResponse

from xatra_api.allowances import payer_of
from xatra_api.callers import calling
from xatra_api.own_data import service
from xatra_api.resources import ResourcesDep
from xatra_shared.http.callers import NotSignedIn
from xatra_shared.http.rate_limits import Rule
from xatra_shared.identity.callers import Caller

router = APIRouter(prefix="/me", tags=["own data"])

_DOWNLOADS: Final = Rule("data-downloads", 20, 3600)


@router.get("/data", response_class=Response, responses={200: {"content": {"application/json": {}}}})
async def download(caller: Annotated[Caller, Depends(calling(None))], resources: ResourcesDep) -> StreamingResponse:
    """Return all that this service holds of you, as one document to keep.

    That is: files, budget, drafts, works with all that they say and said, votes, views, reports, and renders with their
    programs. What is known of your account itself is at `/auth/me/data`.
    """
    payer = payer_of(caller)
    if payer is None:
        raise NotSignedIn
    await resources.limits.spend(_DOWNLOADS, caller.id)
    return StreamingResponse(
        service.tell(resources.engine, caller.id, payer),
        media_type="application/json",
        headers={"Content-Disposition": 'attachment; filename="xatra.json"'},
    )
