"""Who calls the auth service, and what they must be to be answered."""

from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import Depends, Request

from xatra_auth.accounts import repository as accounts
from xatra_auth.resources import ResourcesDep
from xatra_auth.sessions.cookies import Cookies, require_https
from xatra_auth.sessions.refresh_tokens import RefreshToken
from xatra_auth.sessions.service import Client
from xatra_shared.http.callers import AdminsOnly, NotSignedIn
from xatra_shared.http.rate_limits import Rule
from xatra_shared.identity.access_tokens import Claims
from xatra_shared.identity.api_tokens import Scope
from xatra_shared.identity.callers import network_of
from xatra_shared.identity.cookies import refresh_cookie

_SAFE_METHODS: Final = frozenset({"GET", "HEAD"})


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who is signed in, and from where they call."""

    claims: Claims
    address: str

    @property
    def id(self) -> int:
        """The number of their account."""
        return self.claims.user_id


@dataclass(frozen=True, slots=True)
class Administrator:
    """An administrator, by whatever token they came, and from where they call."""

    id: int
    address: str


def address_of(request: Request) -> str:
    """Return the network that a request came from."""
    return network_of(request.client.host if request.client else None)


AddressDep = Annotated[str, Depends(address_of)]


def refresh_token_of(request: Request) -> RefreshToken | None:
    """Return the refresh token that a request carries, if it is written like one."""
    cookie = request.cookies.get(refresh_cookie(secure=request.url.scheme == "https"))
    return None if cookie is None else RefreshToken.parse(cookie)


async def limit_writes(request: Request, resources: ResourcesDep, address: AddressDep) -> None:
    """Bound what one network may write, whatever it is.

    Raises:
        TooManyRequests: It was too much.
    """
    if request.method not in _SAFE_METHODS:
        await resources.limits.spend(Rule("auth-writes", resources.settings.writes_per_minute, 60), address)


async def _actor(request: Request, resources: ResourcesDep) -> Actor:
    """Return who is signed in; what people do with their accounts, no personal API token does for them."""
    caller = await resources.callers.identify(request)
    if caller.claims is None:
        raise NotSignedIn
    return Actor(caller.claims, caller.address)


ActorDep = Annotated[Actor, Depends(_actor)]


async def _admin(request: Request, resources: ResourcesDep) -> Administrator:
    """Ask the database: what a token states may be minutes old."""
    caller = await resources.callers.identify(request, Scope.ADMIN)
    if caller.account is None:
        raise NotSignedIn
    async with resources.engine.connect() as connection:
        user = await connection.run_sync(accounts.get, caller.account.user_id)
    if user is None or not user.is_admin or user.is_disabled:
        raise AdminsOnly
    return Administrator(user.id, caller.address)


AdminDep = Annotated[Administrator, Depends(_admin)]


async def _client(request: Request, resources: ResourcesDep, address: AddressDep) -> Client:
    """Return from where somebody is about to sign in; an old sign-in of the same browser is no obstacle.

    Raises:
        InsecureConnection: In production, over plain HTTP.
        CsrfTokenMissing: A guest's cookie came without the guest's token.
    """
    require_https(request, resources.settings)
    return Client(
        address=address,
        user_agent=request.headers.get("user-agent", ""),
        guest_id=resources.callers.guest_in(request),
        refresh_token=refresh_token_of(request),
    )


ClientDep = Annotated[Client, Depends(_client)]


def _cookies(request: Request, resources: ResourcesDep) -> Cookies:
    return Cookies.of(request, resources.settings)


CookiesDep = Annotated[Cookies, Depends(_cookies)]
