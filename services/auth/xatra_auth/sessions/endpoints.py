"""The routes of sessions: CSRF tokens, going on, ending, the list, and the public keys."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response
from sqlalchemy import Connection

from xatra_auth.accounts.schemas import Account, SignedInBody
from xatra_auth.audit.repository import Event, record
from xatra_auth.callers import ActorDep, AddressDep, CookiesDep, limit_writes, refresh_token_of
from xatra_auth.resources import Resources, ResourcesDep
from xatra_auth.sessions import repository
from xatra_auth.sessions.cookies import Cookies
from xatra_auth.sessions.refresh_tokens import RefreshToken
from xatra_auth.sessions.schemas import CsrfToken, KeySet, SessionBody, SessionList
from xatra_auth.sessions.service import SignedIn, SignedOut, revoke
from xatra_shared.http.problems import Problem
from xatra_shared.identity.cookies import guest_cookie
from xatra_shared.identity.guests import new_guest_id
from xatra_shared.identity.repository import load_token_state

router = APIRouter(tags=["sessions"], dependencies=[Depends(limit_writes)])


class SignInNeeded(Problem):
    """The refresh token is missing, or no longer good: the browser is nobody's any more."""

    status = 401
    slug = "session-ended"
    title = "You are not signed in any more"


@router.get("/csrf")
async def csrf_token(request: Request, response: Response, cookies: CookiesDep, resources: ResourcesDep) -> CsrfToken:
    """Return the caller's CSRF token; a browser that is nobody's becomes a guest's, and a guest's cookie is prolonged.

    No other address makes a guest, so that scripts which never come here never have a cookie.
    """
    keys = resources.callers.guest_keys
    token = refresh_token_of(request)
    if token is not None:
        async with resources.engine.connect() as connection:
            session = await connection.run_sync(resources.sessions.find, token)
        if session is not None:
            return CsrfToken(csrf_token=keys.session_csrf_token(session.id))
    cookies.clear_present(request, response)
    guest_id = keys.guest_in(request.cookies.get(guest_cookie(secure=cookies.secure), "")) or new_guest_id()
    cookies.set_guest(response, keys.sign(guest_id))
    return CsrfToken(csrf_token=keys.csrf_token(guest_id))


@router.post("/refresh", response_model=SignedInBody)
async def refresh(
    request: Request, response: Response, cookies: CookiesDep, address: AddressDep, resources: ResourcesDep
) -> Response | SignedInBody:
    """Go on with a session: new cookies for those that came. They are cleared if the session has ended."""
    token = refresh_token_of(request)
    outcome: SignedIn | SignedOut = SignedOut()
    if token is not None:
        async with resources.engine.begin() as connection:
            outcome = await connection.run_sync(_refresh, request, token, address, resources)
    if isinstance(outcome, SignedIn):
        return answer_signed_in(response, cookies, resources, outcome)
    if outcome.was_reused:
        await resources.callers.tokens.ring()
    refusal = SignInNeeded().response()
    cookies.clear(refusal)
    return refusal


@router.post("/logout", status_code=204)
async def sign_out(
    request: Request, response: Response, cookies: CookiesDep, address: AddressDep, resources: ResourcesDep
) -> None:
    """End the session of this browser, if it has one, and clear its cookies."""
    token = refresh_token_of(request)
    if token is not None:
        async with resources.engine.begin() as connection:
            await connection.run_sync(_sign_out, request, token, address, resources)
        await resources.callers.tokens.ring()
    cookies.clear(response)


@router.get("/sessions")
async def list_sessions(actor: ActorDep, resources: ResourcesDep) -> SessionList:
    """Return where you are signed in."""
    async with resources.engine.connect() as connection:
        sessions = await connection.run_sync(resources.sessions.list_of, actor.id)
    return SessionList(
        sessions=[
            SessionBody(is_current=session.id == actor.claims.session_id, **vars(session)) for session in sessions
        ]
    )


@router.delete("/sessions/{session_id}", status_code=204)
async def end_session(
    session_id: Annotated[int, Path(ge=1, lt=1 << 63)], actor: ActorDep, resources: ResourcesDep
) -> None:
    """End one of your sessions, within a second."""
    async with resources.engine.begin() as connection:
        await connection.run_sync(revoke, actor.id, only=session_id, address=actor.address)
    await resources.callers.tokens.ring()


@router.delete("/sessions", status_code=204)
async def end_other_sessions(actor: ActorDep, resources: ResourcesDep) -> None:
    """End all your sessions but this one, within a second."""
    async with resources.engine.begin() as connection:
        await connection.run_sync(revoke, actor.id, all_but=actor.claims.session_id, address=actor.address)
    await resources.callers.tokens.ring()


@router.get("/jwks.json")
async def public_keys(resources: ResourcesDep, response: Response) -> KeySet:
    """Return the keys by which access tokens are checked (RFC 7517); while keys are changed there are two."""
    async with resources.engine.connect() as connection:
        state = await connection.run_sync(load_token_state)
    response.headers["Cache-Control"] = "public, max-age=60"
    return KeySet(keys=[key.as_dict(private=False) for key in state.keys.values()])


def answer_signed_in(response: Response, cookies: Cookies, resources: Resources, signed_in: SignedIn) -> SignedInBody:
    """Give a browser the cookies of a session, and return the body that tells of it."""
    cookies.set_signed_in(
        response,
        access_token=signed_in.access_token,
        refresh_token=signed_in.refresh_token,
        max_age_seconds=signed_in.max_age_seconds,
    )
    csrf_token = resources.callers.guest_keys.session_csrf_token(signed_in.session_id)
    return SignedInBody(user=Account.of(signed_in.user), csrf_token=csrf_token)


def _refresh(
    connection: Connection, request: Request, token: RefreshToken, address: str, resources: Resources
) -> SignedIn | SignedOut:
    session = resources.sessions.find(connection, token)
    # A token that was used up tells of a theft, whoever sends it.
    if session is not None and token.digest in {session.token_hash, session.previous_token_hash}:
        resources.callers.require_session_proof(request, session.id)
    return resources.sessions.refresh(connection, token, address=address)


def _sign_out(
    connection: Connection, request: Request, token: RefreshToken, address: str, resources: Resources
) -> None:
    session = resources.sessions.find(connection, token)
    if session is not None:
        resources.callers.require_session_proof(request, session.id)
        repository.end(connection, session.user_id, only=session.id)
        record(connection, Event.SIGNED_OUT, user_id=session.user_id, address=address, session=session.id)
