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
from xatra_shared.identity.api_token_cache import ApiTokenCache
from xatra_shared.identity.api_tokens import MARK, Scope
from xatra_shared.identity.callers import Caller
from xatra_shared.identity.cookies import access_cookie, guest_cookie
from xatra_shared.identity.guests import GuestKeys
from xatra_shared.identity.watch import TokenStateUnknownError, TokenWatch

_SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_BEARER: Final = "bearer "
_CSRF_HEADER: Final = "x-csrf-token"


def challenge(**parameters: str) -> dict[str, str]:
    """Return the header that says what an address wants to see as `Authorization` (RFC 6750, section 3)."""
    values = ", ".join(f'{name}="{value}"' for name, value in {"realm": "xatra", **parameters}.items())
    return {"WWW-Authenticate": f"Bearer {values}"}


_INVALID_TOKEN: Final = challenge(error="invalid_token")


class NotSignedIn(Problem):
    """This is for people who are signed in."""

    status = 401
    slug = "not-signed-in"
    title = "Sign in first"

    def __init__(self) -> None:
        super().__init__(headers=challenge())


class AdminsOnly(Problem):
    """This is for administrators."""

    status = 403
    slug = "admins-only"
    title = "Only administrators may do this"


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


class ApiTokenInvalid(Problem):
    """The personal API token is mistyped, has expired or was revoked, or its account is disabled."""

    status = 401
    slug = "api-token-invalid"
    title = "This API token is not good, or no longer"


class InsufficientScope(Problem):
    """The personal API token is for something else."""

    status = 403
    slug = "insufficient-scope"
    title = "This API token is not for this"


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
        yield Callers(keys, tokens, ApiTokenCache(connections.engine))


class Callers:
    """Tells who sends a request, as one application process does.

    Attributes:
        guest_keys: Sign and check guests' cookies and all CSRF tokens.
        tokens: Keys and revocations of access tokens.
    """

    def __init__(self, guest_keys: GuestKeys, tokens: TokenWatch, api_tokens: ApiTokenCache) -> None:
        self.guest_keys = guest_keys
        self.tokens = tokens
        self._api_tokens = api_tokens

    async def identify(self, request: Request, scope: Scope | None = None) -> Caller:
        """Return who calls: the holder of a token, else the guest of a cookie, else an address.

        A user's number goes into the request's state as `user_id`.

        An access token comes as `Authorization: Bearer`, or in a cookie; a personal API token in the former way alone.
        Writes that come with a cookie, even one that we did not make, carry a matching `X-CSRF-Token`; scripts without
        cookies need none, and where there is an `Authorization`, cookies do not matter.

        Args:
            request: The request.
            scope: What a personal API token has to be for; None: none will do, a session is needed.

        Raises:
            AccessTokenExpired: The access token has to be refreshed.
            AccessTokenVoid: The access token is not good.
            ApiTokenInvalid: The personal API token is not good.
            InsufficientScope: The personal API token is not for this.
            CsrfTokenMissing: The proof is missing.
            RevocationsUnknown: Neither Redis nor Postgres answers.
        """
        caller = await self._identify(request, scope)
        if caller.account is not None:
            request.state.user_id = caller.account.user_id
        return caller

    async def _identify(self, request: Request, scope: Scope | None) -> Caller:
        host = request.client.host if request.client else None
        authorization = request.headers.get("authorization", "")
        if authorization[: len(_BEARER)].lower() == _BEARER:
            token = authorization[len(_BEARER) :].strip()
            if token.startswith(MARK):
                return await self._token_holder(token, scope, host)
            return Caller.user(await self._check(token), host)
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

    async def _token_holder(self, token: str, scope: Scope | None, host: str | None) -> Caller:
        try:
            holder = await self._api_tokens.holder_of(token, self.tokens.state)
        except TokenStateUnknownError:
            raise _revocations_unknown() from None
        except TokenInvalidError:
            raise ApiTokenInvalid(
                "It is mistyped, has expired or was revoked, or its account is disabled.", headers=_INVALID_TOKEN
            ) from None
        if scope is None:
            raise InsufficientScope("No API token is for this: sign in.", headers=challenge(error="insufficient_scope"))
        if scope not in holder.scopes:
            raise InsufficientScope(
                f"It needs the scope {scope}.", headers=challenge(error="insufficient_scope", scope=scope)
            )
        return Caller.token_holder(holder, host)

    async def _check(self, token: str) -> Claims:
        try:
            state = self.tokens.state
            try:
                claims = verify(token, state.keys)
            except UnknownKeyError:
                state = await self.tokens.reload()
                claims = verify(token, state.keys)
        except TokenStateUnknownError:
            raise _revocations_unknown() from None
        except TokenExpiredError:
            raise AccessTokenExpired("Refresh it at /auth/refresh and try again.", headers=_INVALID_TOKEN) from None
        except (TokenInvalidError, UnknownKeyError):
            raise _token_void() from None
        if state.is_revoked(claims):
            raise _token_void()
        return claims


def _csrf_token_missing() -> CsrfTokenMissing:
    return CsrfTokenMissing("Get one from /auth/csrf and send it as X-CSRF-Token.")


def _token_void() -> AccessTokenVoid:
    return AccessTokenVoid("Refresh it at /auth/refresh; if that fails too, sign in again.", headers=_INVALID_TOKEN)


def _revocations_unknown() -> RevocationsUnknown:
    return RevocationsUnknown("Try again in 5 seconds.", headers={"Retry-After": "5"})
