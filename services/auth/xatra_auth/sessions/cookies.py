"""Sets and clears the cookies of somebody who is signed in."""

from dataclasses import dataclass
from typing import Literal

from starlette.requests import Request
from starlette.responses import Response

from xatra_auth.settings import AuthSettings
from xatra_shared.http.problems import Problem
from xatra_shared.identity.cookies import access_cookie, guest_cookie, refresh_cookie
from xatra_shared.identity.guests import COOKIE_MAX_AGE_SECONDS


class InsecureConnection(Problem):
    """A sign-in came over plain HTTP: the browser would drop its cookies, or others on the way read them."""

    status = 403
    slug = "insecure-connection"
    title = "Signing in needs HTTPS"


@dataclass(frozen=True, slots=True)
class Cookies:
    """Cookies as one request takes them."""

    secure: bool
    site_path: str
    auth_path: str

    @classmethod
    def of(cls, request: Request, settings: AuthSettings) -> "Cookies":
        """Return those of a request."""
        secure = request.url.scheme == "https"
        return cls(secure, "/" if secure else settings.base_path or "/", settings.auth_path)

    def set_signed_in(self, response: Response, *, access_token: str, refresh_token: str, max_age_seconds: int) -> None:
        """Sign a browser in; it is no guest any more."""
        self._set(response, access_cookie(secure=self.secure), access_token, self.site_path, max_age_seconds)
        self._set(response, refresh_cookie(secure=self.secure), refresh_token, self.auth_path, max_age_seconds)
        self._set(response, guest_cookie(secure=self.secure), "", self.site_path, 0)

    def set_guest(self, response: Response, value: str) -> None:
        """Make a browser a guest's."""
        self._set(response, guest_cookie(secure=self.secure), value, self.site_path, COOKIE_MAX_AGE_SECONDS)

    def clear_present(self, request: Request, response: Response) -> None:
        """Sign a browser out that still has cookies of a session that has ended."""
        if {access_cookie(secure=self.secure), refresh_cookie(secure=self.secure)} & request.cookies.keys():
            self.clear(response)

    def clear(self, response: Response) -> None:
        """Sign a browser out."""
        self._set(response, access_cookie(secure=self.secure), "", self.site_path, 0)
        self._set(response, refresh_cookie(secure=self.secure), "", self.auth_path, 0)

    def _set(self, response: Response, name: str, value: str, path: str, max_age_seconds: int) -> None:
        same_site: Literal["lax"] = "lax"
        response.set_cookie(
            name,
            value,
            max_age=max_age_seconds,
            path=path,
            secure=self.secure,
            httponly=True,
            samesite=same_site,
        )


def require_https(request: Request, settings: AuthSettings) -> None:
    """Refuse to sign anybody in over plain HTTP in production.

    Raises:
        InsecureConnection: The request did.
    """
    if settings.environment == "production" and request.url.scheme != "https":
        raise InsecureConnection(
            "This request came over plain HTTP. Use https://. If you did, the proxy in front has to send "
            "X-Forwarded-Proto, and TRUSTED_PROXIES has to name it."
        )
