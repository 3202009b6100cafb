"""Finds out who calls, and refuses writes that a guest's browser was tricked into."""

from typing import Annotated, Final

from fastapi import Depends, Request

from xatra_api.resources import ResourcesDep
from xatra_shared.http.problems import Problem
from xatra_shared.identity.callers import Caller
from xatra_shared.identity.guests import cookie_name

_SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})


class CsrfTokenMissing(Problem):
    """A write came with a guest's cookie, but without the proof that the guest's own page sent it."""

    status = 403
    slug = "csrf"
    title = "This write needs the guest's CSRF token"


async def identify(request: Request, resources: ResourcesDep) -> Caller:
    """Return the guest of the request's cookie, or else its address.

    Raises:
        CsrfTokenMissing: A write with a guest cookie, even one that we did not sign, has no matching
            `X-CSRF-Token`. Scripts without cookies need none.
    """
    host = request.client.host if request.client else None
    cookie = request.cookies.get(cookie_name(secure=request.url.scheme == "https"))
    if cookie is None:
        return Caller.at(host)
    guest_id = resources.guest_keys.guest_in(cookie)
    if request.method not in _SAFE_METHODS:
        token = request.headers.get("x-csrf-token", "")
        if guest_id is None or not resources.guest_keys.is_csrf_token(guest_id, token):
            raise CsrfTokenMissing("Get one from /auth/csrf and send it as X-CSRF-Token.")
    return Caller.at(host) if guest_id is None else Caller.guest(guest_id, host)


CallerDep = Annotated[Caller, Depends(identify)]
