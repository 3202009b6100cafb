"""The routes of renders."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Request, Response
from sse_starlette import EventSourceResponse, ServerSentEvent

from xatra_api.callers import CallerDep
from xatra_api.renders.schemas import RenderBody, RenderRequestBody
from xatra_api.renders.service import RenderNotFound, RenderService
from xatra_api.resources import ResourcesDep

router = APIRouter(prefix="/renders", tags=["renders"])

_MAX_WAIT_SECONDS: Final = 30
_HEARTBEAT_SECONDS: Final = 15
_RETRY_MILLISECONDS: Final = 1000
_WAIT_PREFERENCE: Final = re.compile(r"(?:^|[,;])\s*wait\s*=\s*\"?(\d{1,6})\"?\s*(?:$|[,;])", re.ASCII)


def _service(request: Request) -> RenderService:
    service: RenderService = request.app.state.render_service
    return service


ServiceDep = Annotated[RenderService, Depends(_service)]


def _wait_seconds(
    prefer: Annotated[
        str | None,
        Header(description="`wait=N`: answer when the render has ended, after N <= 30 seconds at the latest"),
    ] = None,
) -> int:
    """Read `Prefer: wait=N` (RFC 7240); whatever else it says is not for us."""
    match = _WAIT_PREFERENCE.search(prefer or "")
    return min(int(match[1]), _MAX_WAIT_SECONDS) if match else 0


WaitDep = Annotated[int, Depends(_wait_seconds)]


def _render_id(render_id: str) -> UUID:
    """Read an id as we write it: 32 hexadecimal digits."""
    if not re.fullmatch(r"[0-9a-f]{32}", render_id):
        raise RenderNotFound
    return UUID(hex=render_id)


RenderIdDep = Annotated[UUID, Depends(_render_id)]


type Ask = Callable[[RenderRequestBody], Awaitable[RenderBody]]


def _ask(
    caller: CallerDep,
    service: ServiceDep,
    resources: ResourcesDep,
    wait_seconds: WaitDep,
    response: Response,
    idempotency_key: Annotated[str | None, Header(min_length=1, max_length=200)] = None,
) -> Ask:
    """Return what asks for a render as this request wants it, and prepares the answer."""

    async def ask(body: RenderRequestBody) -> RenderBody:
        render = await service.ask(body, caller, idempotency_key=idempotency_key, wait_seconds=wait_seconds)
        response.headers["Location"] = f"{resources.settings.api_path}/renders/{render.id}"
        if wait_seconds:
            response.headers["Preference-Applied"] = f"wait={wait_seconds}"
        if render.state in ("queued", "running"):
            response.status_code = 202
        return render

    return ask


AskDep = Annotated[Ask, Depends(_ask)]
"""Asks for a render: 200 when it has ended, else 202 with its address in `Location`."""

RENDER_RESPONSES: Final[dict[int | str, dict[str, Any]]] = {
    200: {"description": "Ended, or known"},
    202: {"model": RenderBody},
}


@router.post("", responses=RENDER_RESPONSES)
async def create_render(body: RenderRequestBody, ask: AskDep) -> RenderBody:
    """Ask for a render: 200 when it has ended, else 202 with its address in `Location`."""
    return await ask(body)


@router.get("/{render_id}")
async def get_render(render_id: RenderIdDep, service: ServiceDep, wait_seconds: WaitDep) -> RenderBody:
    """Return a render; with `Prefer: wait=N` once it has ended or N seconds have passed."""
    return await service.read(render_id, wait_seconds=wait_seconds)


@router.delete("/{render_id}")
async def cancel_render(render_id: RenderIdDep, service: ServiceDep, _caller: CallerDep) -> RenderBody:
    """Cancel a render. Others who wait for the same one keep it; one that has ended stays as it is."""
    return await service.cancel(render_id)


@router.get(
    "/{render_id}/events",
    response_class=EventSourceResponse,
    responses={200: {"content": {"text/event-stream": {}}, "description": "`state` events with a render each"}},
)
async def follow_render(
    render_id: RenderIdDep,
    service: ServiceDep,
    last_event_id: Annotated[str | None, Header(max_length=40)] = None,
) -> EventSourceResponse:
    """Follow a render by server-sent events: its state now, and after every change until it has ended."""
    seen_version = int(last_event_id) if last_event_id and re.fullmatch(r"\d{1,18}", last_event_id) else None
    changes = await service.follow(render_id, seen_version=seen_version)

    async def stream() -> AsyncIterator[ServerSentEvent]:
        async for version, render in changes:
            yield ServerSentEvent(render.model_dump_json(), event="state", id=str(version), retry=_RETRY_MILLISECONDS)

    return EventSourceResponse(stream(), ping=_HEARTBEAT_SECONDS, sep="\n")
