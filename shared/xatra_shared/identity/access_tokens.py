"""Access tokens: what the auth service states about a signed-in caller, and how everyone checks it.

They are JSON Web Tokens (RFC 7519) of the profile of RFC 9068, signed with Ed25519 (RFC 8037, RFC 9864). Checking needs
public keys alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from joserfc import jwt
from joserfc.errors import ExpiredTokenError, JoseError
from joserfc.jwk import GuestProtocol, OKPKey

ALGORITHM: Final = "Ed25519"
AUDIENCE: Final = "xatra"
ISSUER: Final = "xatra-auth"
TYPE: Final = "at+jwt"
MAX_LIFE_SECONDS: Final = 900
_MAX_CHARACTERS: Final = 2000
_CLOCK_SKEW_SECONDS: Final = 5

_REGISTRY: Final = jwt.JWTClaimsRegistry(
    leeway=_CLOCK_SKEW_SECONDS,
    iss={"essential": True, "value": ISSUER},
    aud={"essential": True, "value": AUDIENCE},
    sub={"essential": True},
    exp={"essential": True},
    iat={"essential": True},
)


class TokenInvalidError(Exception):
    """We did not sign this, or not as an access token."""


class TokenExpiredError(Exception):
    """The token was good until it expired."""


class UnknownKeyError(Exception):
    """The token names a key that is not among those given."""


@dataclass(frozen=True, slots=True)
class Claims:
    """What an access token states.

    Attributes:
        user_id: Who is signed in.
        session_id: By which session.
        token_version: Of the user's; a change of what is stated here makes a higher one.
        username: The user's name.
        is_trusted: Whether the user has a trusted user's limits.
        is_admin: Whether the user administrates the service.
    """

    user_id: int
    session_id: int
    token_version: int
    username: str
    is_trusted: bool
    is_admin: bool

    def to_json(self) -> dict[str, Any]:
        """Return the claims by their names in a token."""
        return {
            "sub": str(self.user_id),
            "sid": self.session_id,
            "ver": self.token_version,
            "preferred_username": self.username,
            "trusted": self.is_trusted,
            "admin": self.is_admin,
        }


def verify(token: str, keys: Mapping[str, OKPKey]) -> Claims:
    """Return what a token states.

    Args:
        token: The token.
        keys: Public keys by their id (`kid`).

    Raises:
        TokenInvalidError: It is not one of ours.
        TokenExpiredError: It has expired.
        UnknownKeyError: It names another key.
    """

    def find_key(token: GuestProtocol) -> OKPKey:
        key = keys.get(str(token.headers().get("kid")))
        if key is None:
            raise UnknownKeyError
        return key

    if len(token) > _MAX_CHARACTERS:
        raise TokenInvalidError
    try:
        decoded = jwt.decode(token, find_key, algorithms=[ALGORITHM])
        if decoded.header.get("typ") != TYPE:
            raise TokenInvalidError
        _REGISTRY.validate(decoded.claims)
    except ExpiredTokenError:
        raise TokenExpiredError from None
    except (JoseError, ValueError):
        raise TokenInvalidError from None
    claims = decoded.claims
    return Claims(
        user_id=int(claims["sub"]),
        session_id=claims["sid"],
        token_version=claims["ver"],
        username=claims["preferred_username"],
        is_trusted=claims["trusted"],
        is_admin=claims["admin"],
    )
