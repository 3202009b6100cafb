"""What binds a browser's way to GitHub and back together: a cookie, and what follows from it.

The cookie is the flow itself. The `state` that GitHub hands back (RFC 6749, 10.12) and the verifier of PKCE (RFC 7636)
are HMACs of it under GitHub's client secret, which this service alone has: a state fits one cookie, nobody else can write
a cookie with a state that fits, and the verifier never leaves the service but to GitHub. Nothing is kept meanwhile.
"""

import base64
import hmac
import secrets
import time
from typing import Final, Self

from pydantic import BaseModel, ConfigDict, ValidationError

LIFE_SECONDS: Final = 900
_NONCE_BYTES: Final = 16


class Flow(BaseModel):
    """One way to GitHub and back.

    Attributes:
        next: The path on this site to go on to.
        session_id: Whose account a GitHub account shall be linked to; None: this is a sign-in.
        expires_at: Until when the browser must be back, in seconds since 1970.
        nonce: Makes each flow another one.
    """

    model_config = ConfigDict(frozen=True, strict=True)

    next: str
    session_id: int | None
    expires_at: int
    nonce: str

    @classmethod
    def begin(cls, next_path: str, *, session_id: int | None = None) -> Self:
        """Return a flow that begins now."""
        nonce = secrets.token_hex(_NONCE_BYTES)
        return cls(next=next_path, session_id=session_id, expires_at=int(time.time()) + LIFE_SECONDS, nonce=nonce)

    @property
    def cookie(self) -> str:
        """The cookie's value."""
        return base64.urlsafe_b64encode(self.model_dump_json().encode()).decode().rstrip("=")


class FlowKeys:
    """Derives what belongs to a flow's cookie."""

    def __init__(self, client_secret: str) -> None:
        self._secret = client_secret.encode()

    def state(self, cookie: str) -> str:
        """Return the state of a cookie's flow."""
        return self._derive("state", cookie)

    def verifier(self, cookie: str) -> str:
        """Return the verifier of a cookie's flow."""
        return self._derive("verifier", cookie)

    def open(self, cookie: str, state: str) -> Flow | None:
        """Return the flow that a state belongs to; None if that is not the cookie's, or is over."""
        if not hmac.compare_digest(self.state(cookie).encode(), state.encode("utf-8", "replace")):
            return None
        try:
            flow = Flow.model_validate_json(base64.urlsafe_b64decode(f"{cookie}=="))
        except (ValidationError, ValueError):
            return None
        return flow if flow.expires_at > time.time() else None

    def _derive(self, purpose: str, cookie: str) -> str:
        return hmac.new(self._secret, f"{purpose}:{cookie}".encode(), "sha256").hexdigest()
