"""Finds out who calls, and refuses writes that a browser was tricked into."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from starlette.requests import Request

from xatra_shared.http.application import Connections
from xatra_shared.http.problems import Problem
from xatra_shared.http.settings import HttpSettings
from xatra_shared.identity.access_tokens import (
    Claims,
    TokenExpiredError,
    TokenInvalidError,
    UnknownKeyError,
    verify,
)
from xatra_shared.identity.callers import Caller
from xatra_shared.identity.cookies import access_cookie, guest_cookie
from xatra_shared.identity.guests import GuestKeys
from xatra_shared.identity.watch import TokenStateUnknownError, TokenWatch

_SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_BEARER: Final = "bearer "
_CSRF_HEADER: Final = "x-csrf-token"
_CHALLENGE: Final = {"WWW-Authenticate": "Bearer"}


class CsrfTokenMissing(Problem):
    """A write came with a cookie of ours, but without the proof that our own page sent it."""

    status = 403
    slug = "csrf"
    title = "This write needs the CSRF token that belongs to its cookie"


class AccessTokenExpired(Problem):
    """The access token was good until it expired, as it soon does: the refresh token gives a new one."""

    status = 401
    slug = "access-token-expired"
    title = "The access token has expired"


class AccessTokenVoid(Problem):
    """The access token is void: the session was ended, or what the token states has changed, or it is not ours."""

    status = 401
    slug = "access-token-void"
    title = "The access token is not good, or no longer"


class RevocationsUnknown(Problem):
    """Whether the access token is still good cannot be told."""

    status = 503
    slug = "unavailable"
    title = "A part of the service does not answer"


@asynccontextmanager
async def open_callers(connections: Connections, settings: HttpSettings) -> AsyncIterator["Callers"]:
    """Return what tells who sends a request, and keep its knowledge fresh until the end of the block."""
    previous = settings.guest_secret_previous
    keys = GuestKeys(settings.guest_secret.get_secret_value(), previous.get_secret_value() if previous else None)
    async with TokenWatch(connections.engine, connections.redis).running() as tokens:
        yield Callers(keys, tokens)


class Callers:
    """Tells who sends a request, as one application process does.

    Attributes:
        guest_keys: Sign and check guests' cookies and all CSRF tokens.
        tokens: Keys and revocations of access tokens.
    """

    def __init__(self, guest_keys: GuestKeys, tokens: TokenWatch) -> None:
        self.guest_keys = guest_keys
        self.tokens = tokens

    async def identify(self, request: Request) -> Caller:
        """Return who calls: the holder of an access token, else the guest of a cookie, else an address.

        An access token comes as `Authorization: Bearer`, or in a cookie. Writes that come with a cookie, even one that
        we did not make, carry a matching `X-CSRF-Token`; scripts without cookies need none.

        Raises:
            AccessTokenExpired: The access token has to be refreshed.
            AccessTokenVoid: The access token is not good.
            CsrfTokenMissing: The proof is missing.
            RevocationsUnknown: Neither Redis nor Postgres answers.
        """
        host = request.client.host if request.client else None
        authorization = request.headers.get("authorization", "")
        if authorization[: len(_BEARER)].lower() == _BEARER:
            return Caller.user(await self._check(authorization[len(_BEARER) :].strip()), host)
        access_token = request.cookies.get(access_cookie(secure=request.url.scheme == "https"))
        if access_token is not None:
            claims = await self._check(access_token)
            self.require_session_proof(request, claims.session_id)
            return Caller.user(claims, host)
        guest_id = self.guest_in(request)
        return Caller.at(host) if guest_id is None else Caller.guest(guest_id, host)

    def guest_in(self, request: Request) -> str | None:
        """Return the guest of the request's cookie.

        Raises:
            CsrfTokenMissing: A write with a guest cookie, even one that we did not sign, has not the guest's token.
        """
        cookie = request.cookies.get(guest_cookie(secure=request.url.scheme == "https"))
        if cookie is None:
            return None
        guest_id = self.guest_keys.guest_in(cookie)
        if request.method not in _SAFE_METHODS:
            token = request.headers.get(_CSRF_HEADER, "")
            if guest_id is None or not self.guest_keys.is_csrf_token(guest_id, token):
                raise _csrf_token_missing()
        return guest_id

    def require_session_proof(self, request: Request, session_id: int) -> None:
        """Refuse a write that does not carry the token of the session by whose cookie it came.

        Raises:
            CsrfTokenMissing: It does not.
        """
        if request.method not in _SAFE_METHODS:
            token = request.headers.get(_CSRF_HEADER, "")
            if not self.guest_keys.is_session_csrf_token(session_id, token):
                raise _csrf_token_missing()

    async def _check(self, token: str) -> Claims:
        try:
            state = self.tokens.state
            try:
                claims = verify(token, state.keys)
            except UnknownKeyError:
                state = await self.tokens.reload()
                claims = verify(token, state.keys)
        except TokenStateUnknownError:
            raise RevocationsUnknown("Try again in 5 seconds.", headers={"Retry-After": "5"}) from None
        except TokenExpiredError:
            raise AccessTokenExpired("Refresh it at /auth/refresh and try again.", headers=_CHALLENGE) from None
        except (TokenInvalidError, UnknownKeyError):
            raise _token_void() from None
        if state.is_revoked(claims):
            raise _token_void()
        return claims


def _csrf_token_missing() -> CsrfTokenMissing:
    return CsrfTokenMissing("Get one from /auth/csrf and send it as X-CSRF-Token.")


def _token_void() -> AccessTokenVoid:
    return AccessTokenVoid("Refresh it at /auth/refresh; if that fails too, sign in again.", headers=_CHALLENGE)
