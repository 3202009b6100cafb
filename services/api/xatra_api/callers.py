"""Who calls the api."""

from typing import Annotated, Final

from fastapi import Depends, Request

from xatra_api.allowances import allowance_of
from xatra_api.resources import ResourcesDep
from xatra_shared.http.rate_limits import Rule
from xatra_shared.identity.callers import Caller

_SAFE_METHODS: Final = frozenset({"GET", "HEAD"})


async def identify(request: Request, resources: ResourcesDep) -> Caller:
    """Return who calls, with what was theirs as a guest.

    Raises:
        TooManyRequests: They write too often.
        Problem: See `Callers.identify`.
    """
    caller = await resources.callers.identify(request)
    if request.method not in _SAFE_METHODS:
        allowance = allowance_of(caller, resources.settings)
        await resources.limits.spend(Rule("api-writes", allowance.writes_per_minute, 60), caller.network)
    if caller.claims is not None:
        await resources.hand_over.to(caller.claims)
    return caller


CallerDep = Annotated[Caller, Depends(identify)]
