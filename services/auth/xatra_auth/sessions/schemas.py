"""What sessions look like over the wire."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field


class CsrfToken(BaseModel):
    """The proof that a write was meant, for the holder of the cookies that come with it."""

    csrf_token: str = Field(description="To be sent as X-CSRF-Token with every write")


class SessionBody(BaseModel):
    """Somewhere that somebody is signed in."""

    id: int
    is_current: bool = Field(description="Whether this request came by it")
    created_at: datetime
    refreshed_at: datetime = Field(description="When it was last used, to within an access token's life")
    expires_at: datetime
    address: str = Field(description="The network that it began from")
    user_agent: str = Field(description="What the browser called itself then")


class SessionList(BaseModel):
    """Somebody's sessions, the last used first."""

    sessions: list[SessionBody]


class KeySet(BaseModel):
    """Public keys (RFC 7517)."""

    keys: list[dict[str, Any]]
