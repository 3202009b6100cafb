"""Makes somebody a guest."""

from fastapi import APIRouter, Request, Response

from xatra_api.guests.schemas import CsrfToken
from xatra_api.resources import ResourcesDep
from xatra_shared.identity.guests import COOKIE_MAX_AGE_SECONDS, cookie_name, new_guest_id

router = APIRouter(tags=["guests"])


@router.get("/auth/csrf")
async def csrf_token(request: Request, response: Response, resources: ResourcesDep) -> CsrfToken:
    """Return the caller's CSRF token; make the caller a guest if it is none, and prolong its cookie if it is.

    No other address sets a cookie, so that scripts which never come here never have one.
    """
    keys = resources.guest_keys
    secure = request.url.scheme == "https"
    name = cookie_name(secure=secure)
    guest_id = keys.guest_in(request.cookies.get(name, "")) or new_guest_id()
    response.set_cookie(
        name,
        keys.sign(guest_id),
        max_age=COOKIE_MAX_AGE_SECONDS,
        path="/" if secure else resources.settings.base_path or "/",
        secure=secure,
        httponly=True,
        samesite="lax",
    )
    return CsrfToken(csrf_token=keys.csrf_token(guest_id))
