"""Guests: a random id in a signed cookie; and the tokens by which guests and sessions prove that a write was meant."""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass

COOKIE_MAX_AGE_SECONDS = 365 * 24 * 3600

_VERSION = "v1"
_COOKIE = re.compile(rf"{_VERSION}\.(?P<id>[0-9a-f]{{32}})\.(?P<signature>[0-9a-f]{{64}})", re.ASCII)


def new_guest_id() -> str:
    """Return a fresh guest id: 128 random bits as 32 hex digits."""
    return secrets.token_hex(16)


@dataclass(frozen=True, slots=True)
class GuestKeys:
    """Signs and checks guest cookies and CSRF tokens (HMAC-SHA256).

    Attributes:
        current: Signs, and is accepted.
        previous: Is still accepted after a rotation.
    """

    current: str
    previous: str | None = None

    def sign(self, guest_id: str) -> str:
        """Return the cookie's value for a guest: `v1.<guest id>.<signature>`."""
        return f"{_VERSION}.{guest_id}.{_hmac(self.current, _cookie_message(guest_id))}"

    def guest_in(self, cookie: str) -> str | None:
        """Return the guest id in a cookie, or None if we did not sign it."""
        match = _COOKIE.fullmatch(cookie)
        if match is None or not self._made_by_us(_cookie_message(match["id"]), match["signature"]):
            return None
        return match["id"]

    def csrf_token(self, guest_id: str) -> str:
        """Return the token that a guest's writes carry in `X-CSRF-Token`."""
        return _hmac(self.current, _csrf_message(guest_id))

    def is_csrf_token(self, guest_id: str, token: str) -> bool:
        """Tell whether `token` is the guest's."""
        return self._made_by_us(_csrf_message(guest_id), token)

    def session_csrf_token(self, session_id: int) -> str:
        """Return the token that the writes of somebody who is signed in carry in `X-CSRF-Token`."""
        return _hmac(self.current, _session_csrf_message(session_id))

    def is_session_csrf_token(self, session_id: int, token: str) -> bool:
        """Tell whether `token` is the session's."""
        return self._made_by_us(_session_csrf_message(session_id), token)

    def _made_by_us(self, message: str, signature: str) -> bool:
        secrets_accepted = [self.current] if self.previous is None else [self.current, self.previous]
        given = signature.encode("utf-8", "replace")
        return any(hmac.compare_digest(_hmac(secret, message).encode(), given) for secret in secrets_accepted)


def _cookie_message(guest_id: str) -> str:
    return f"guest:{_VERSION}:{guest_id}"


def _csrf_message(guest_id: str) -> str:
    return f"csrf:{guest_id}"


def _session_csrf_message(session_id: int) -> str:
    return f"csrf:session:{session_id}"


def _hmac(secret: str, message: str) -> str:
    return hmac.new(secret.encode(), message.encode(), hashlib.sha256).hexdigest()
