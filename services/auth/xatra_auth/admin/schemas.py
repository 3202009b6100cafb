"""What administrators see and change."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from xatra_auth.accounts.repository import User
from xatra_auth.accounts.schemas import Account, Body
from xatra_auth.sessions.schemas import SessionBody


class ManagedAccount(Account):
    """An account, as administrators see it."""

    is_disabled: bool

    @classmethod
    def of(cls, user: User) -> "ManagedAccount":
        """Return an account's form on the wire."""
        return cls.model_validate(user, from_attributes=True)


class AccountPage(BaseModel):
    """Accounts by name."""

    users: list[ManagedAccount]
    next: str | None = Field(description="`after` of the next page; none: this is the last")


class AccountChange(Body):
    """What shall be different; what is left out stays."""

    is_trusted: bool | None = None
    is_admin: bool | None = None
    is_disabled: bool | None = None


class ManagedSessions(BaseModel):
    """Where somebody is signed in."""

    sessions: list[SessionBody]


class Registration(BaseModel):
    """Whether strangers may sign up."""

    is_open: bool
    is_forbidden: bool = Field(description="The operator has set ENABLE_REGISTRATION=false, which overrides `is_open`")


class RegistrationChange(Body):
    """Whether strangers shall be able to sign up."""

    is_open: bool


class EventBody(BaseModel):
    """A security event."""

    id: int
    created_at: datetime
    event: str
    user_id: int | None
    username: str | None = Field(description="Present name of whom it is about")
    actor_id: int | None
    actor: str | None = Field(description="Present name of who did it, if somebody else")
    address: str | None
    details: dict[str, Any]


class EventPage(BaseModel):
    """Security events, the newest first."""

    events: list[EventBody]
    next: int | None = Field(description="`before` of the next page; none: this is the last")
