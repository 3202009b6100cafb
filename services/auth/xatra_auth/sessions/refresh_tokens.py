"""Refresh tokens: random, opaque, each good for one use; what is kept of them cannot be turned back into them.

A token is its family, which all tokens of a session share, and a secret. The next token follows from the present one and
a salt that is kept, so that a client whose answer was lost on the way, or whose two tabs refreshed at once, gets the same
one again; who has the salt alone has nothing. A token of a known family that is not good any more was stolen, or its
successor was.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Final, Self

_FAMILY_BYTES: Final = 16
_SECRET_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class RefreshToken:
    """One token."""

    value: bytes

    @classmethod
    def new(cls) -> Self:
        """Return the first token of a new family."""
        return cls(secrets.token_bytes(_FAMILY_BYTES + _SECRET_BYTES))

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Return the token that is written so, if it can be one."""
        try:
            value = base64.b64decode(text.encode("ascii"), altchars=b"-_", validate=True)
        except (UnicodeEncodeError, binascii.Error):
            return None
        return cls(value) if len(value) == _FAMILY_BYTES + _SECRET_BYTES else None

    @property
    def text(self) -> str:
        """How it is written in a cookie."""
        return base64.urlsafe_b64encode(self.value).decode()

    @property
    def digest(self) -> str:
        """What is kept of it."""
        return hashlib.sha256(self.value).hexdigest()

    @property
    def family_digest(self) -> str:
        """What is kept of its family."""
        return hashlib.sha256(self.value[:_FAMILY_BYTES]).hexdigest()

    def successor(self, salt: str) -> "RefreshToken":
        """Return the token that follows, as told by a salt."""
        secret = hmac.new(self.value, salt.encode(), hashlib.sha256).digest()
        return RefreshToken(self.value[:_FAMILY_BYTES] + secret)
