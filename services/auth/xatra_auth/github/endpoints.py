"""The routes of signing in with GitHub."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Query, Request, Response
from starlette.responses import RedirectResponse

from xatra_auth.callers import ActorDep, ClientDep, CookiesDep, limit_writes
from xatra_auth.github import service
from xatra_auth.github.flow import LIFE_SECONDS
from xatra_auth.github.schemas import LinkStart, LinkStarted, NextPath, Return
from xatra_auth.providers import service as providers
from xatra_auth.providers.identities import Provider
from xatra_auth.resources import ResourcesDep
from xatra_auth.sessions.cookies import Cookies, require_https
from xatra_auth.sessions.endpoints import answer_signed_in

router = APIRouter(prefix="/github", tags=["github"], dependencies=[Depends(limit_writes)])

_SEE_OTHER: Final = 303
_REDIRECT: Final[dict[str, Any]] = {
    "status_code": _SEE_OTHER,
    "response_class": RedirectResponse,
    "responses": {_SEE_OTHER: {"description": "The browser goes on"}},
}


@router.get("/start", **_REDIRECT)
async def start(
    request: Request,
    cookies: CookiesDep,
    resources: ResourcesDep,
    next_path: Annotated[
        NextPath | None, Query(alias="next", description="Path on this site to go on to; default: the site")
    ] = None,
) -> RedirectResponse:
    """Send the browser to GitHub to sign in; who is new here gets an account. A link to this address is the button."""
    require_https(request, resources.settings)
    departure = service.depart(resources, next_path)
    answer = RedirectResponse(departure.url, _SEE_OTHER)
    _set_flow(answer, cookies, departure.cookie, LIFE_SECONDS)
    return answer


@router.get("/callback", **_REDIRECT)
async def callback(
    request: Request,
    brought: Annotated[Return, Query()],
    client: ClientDep,
    cookies: CookiesDep,
    resources: ResourcesDep,
) -> RedirectResponse:
    """Take the browser that is back from GitHub, and send it where it wanted to go; cookies come along.

    After a failure it goes to the sign-in page, or to where the link was asked for, with `problem`, the last part of the
    problem's `type`.
    """
    arrival = await service.arrive(resources, brought, client, cookie=request.cookies.get(_flow_cookie(cookies), ""))
    answer = RedirectResponse(arrival.path, _SEE_OTHER)
    if arrival.signed_in is not None:
        answer_signed_in(answer, cookies, resources, arrival.signed_in)
    _set_flow(answer, cookies, "", 0)
    return answer


@router.post("/link")
async def start_link(
    body: LinkStart, actor: ActorDep, cookies: CookiesDep, resources: ResourcesDep, response: Response
) -> LinkStarted:
    """Begin to link a GitHub account, by which to sign in too from now on; the browser then goes where the answer says."""
    departure = await service.depart_to_link(resources, body, actor)
    _set_flow(response, cookies, departure.cookie, LIFE_SECONDS)
    return LinkStarted(authorization_url=departure.url)


@router.delete("/link", status_code=204)
async def unlink(actor: ActorDep, resources: ResourcesDep) -> None:
    """Sign in by the linked GitHub account no more, within ten minutes of signing in. All your other sessions end."""
    async with resources.engine.begin() as connection:
        await connection.run_sync(providers.unlink, actor, Provider.GITHUB)
    await resources.callers.tokens.ring()


def _flow_cookie(cookies: Cookies) -> str:
    return "__Host-xatra_github" if cookies.secure else "xatra_github"


def _set_flow(response: Response, cookies: Cookies, value: str, max_age_seconds: int) -> None:
    """Give a browser the cookie of its way there and back, or take it; it comes back by a link of another site's."""
    response.set_cookie(
        _flow_cookie(cookies),
        value,
        max_age=max_age_seconds,
        path="/" if cookies.secure else cookies.auth_path,
        secure=cookies.secure,
        httponly=True,
        samesite="lax",
    )
