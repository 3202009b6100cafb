"""The names of the cookies that say who calls.

Over HTTPS they have prefixes by which browsers refuse cookies that another host of the domain or a plain HTTP page has
set (ASVS 5.0, 3.3.1 and 3.3.3): `__Host-` asks for `Secure` and `Path=/`, `__Secure-` for `Secure` alone.
"""


def guest_cookie(*, secure: bool) -> str:
    """Return the name of the cookie that makes its holder a guest."""
    return "__Host-xatra_guest" if secure else "xatra_guest"


def access_cookie(*, secure: bool) -> str:
    """Return the name of the cookie with the access token of somebody who is signed in."""
    return "__Host-xatra_access" if secure else "xatra_access"


def refresh_cookie(*, secure: bool) -> str:
    """Return the name of the cookie with the refresh token; it goes to the auth service alone."""
    return "__Secure-xatra_refresh" if secure else "xatra_refresh"
