"""Who calls the api."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Final

from fastapi import Depends, Request

from xatra_api.admin.repository import is_admin
from xatra_api.allowances import allowance_of
from xatra_api.resources import ResourcesDep
from xatra_shared.http.callers import AdminsOnly, NotSignedIn
from xatra_shared.http.rate_limits import Rule
from xatra_shared.identity.api_tokens import Scope
from xatra_shared.identity.callers import Caller

_SAFE_METHODS: Final = frozenset({"GET", "HEAD"})


def calling(scope: Scope | None) -> Callable[[Request, ResourcesDep], Awaitable[Caller]]:
    """Return the dependency that tells who calls an endpoint.

    Args:
        scope: What a personal API token has to be for; None: none will do.
    """

    async def identify(request: Request, resources: ResourcesDep) -> Caller:
        """Return who calls, with what was theirs as a guest.

        Raises:
            TooManyRequests: They write too often.
            Problem: See `Callers.identify`.
        """
        caller = await resources.callers.identify(request, scope)
        if request.method not in _SAFE_METHODS:
            allowance = allowance_of(caller, resources.settings)
            await resources.limits.spend(Rule("api-writes", allowance.writes_per_minute, 60), caller.network)
        if caller.claims is not None:
            await resources.hand_over.to(caller.claims)
        return caller

    return identify


CallerDep = Annotated[Caller, Depends(calling(Scope.RENDER))]
"""Whoever renders; a personal API token needs the scope `render`."""


async def require_admin(caller: Annotated[Caller, Depends(calling(Scope.ADMIN))], resources: ResourcesDep) -> int:
    """Return the number of an administrator, by the database: what a token states may be minutes old.

    Raises:
        NotSignedIn: It is a guest.
        AdminsOnly: It is somebody else.
    """
    if caller.account is None:
        raise NotSignedIn
    async with resources.engine.connect() as connection:
        if not await connection.run_sync(is_admin, caller.account.user_id):
            raise AdminsOnly
    return caller.account.user_id


AdminDep = Annotated[int, Depends(require_admin)]
"""The number of an administrator; a personal API token needs the scope `admin`."""
