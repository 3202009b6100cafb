"""The routes of signing in with Google."""

from typing import Annotated

from fastapi import APIRouter, Cookie, Depends, Response

from xatra_auth.accounts.schemas import Account, SignedInBody
from xatra_auth.callers import ActorDep, ClientDep, CookiesDep, limit_writes
from xatra_auth.google import service
from xatra_auth.google.schemas import GoogleLink, GoogleSignIn
from xatra_auth.providers import service as providers
from xatra_auth.providers.identities import Provider
from xatra_auth.resources import ResourcesDep
from xatra_auth.sessions.endpoints import answer_signed_in

router = APIRouter(prefix="/google", tags=["google"], dependencies=[Depends(limit_writes)])

GoogleCsrfCookie = Annotated[str | None, Cookie(alias="g_csrf_token", include_in_schema=False)]


@router.post("")
async def sign_in(
    body: GoogleSignIn,
    client: ClientDep,
    cookies: CookiesDep,
    resources: ResourcesDep,
    response: Response,
    csrf_cookie: GoogleCsrfCookie = None,
) -> SignedInBody:
    """Sign in by an ID token of Google Identity Services; who is new here gets an account. Cookies come with the answer.

    Each token is good once. An e-mail address never leads to an account: where there is one with the same address, sign
    in to it and link Google there.
    """
    signed_in = await service.sign_in(resources, body, client, csrf_cookie=csrf_cookie)
    return answer_signed_in(response, cookies, resources, signed_in)


@router.post("/link")
async def link(
    body: GoogleLink, actor: ActorDep, resources: ResourcesDep, csrf_cookie: GoogleCsrfCookie = None
) -> Account:
    """Sign in by this Google account too from now on."""
    return Account.of(await service.link(resources, body, actor, csrf_cookie=csrf_cookie))


@router.delete("/link", status_code=204)
async def unlink(actor: ActorDep, resources: ResourcesDep) -> None:
    """Sign in by the linked Google account no more, within ten minutes of signing in. All your other sessions end."""
    async with resources.engine.begin() as connection:
        await connection.run_sync(providers.unlink, actor, Provider.GOOGLE)
    await resources.callers.tokens.ring()
