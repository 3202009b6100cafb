"""What personal API tokens look like over the wire."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from xatra_auth.accounts.schemas import Confirmation
from xatra_shared.identity.api_tokens import Scope

TokenName = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]*$")]


class TokenOrder(Confirmation):
    """A token that somebody wants."""

    name: TokenName = Field(description="By which its owner knows what it is for")
    scopes: Annotated[list[Annotated[Scope, Field(strict=False)]], Field(min_length=1, max_length=len(Scope))] = Field(
        description="What it may do"
    )
    days: int = Field(default=90, ge=1, le=366, description="How long it is good")


class TokenBody(BaseModel):
    """A token, as its owner sees it."""

    id: int
    name: str
    prefix: str = Field(description="How it begins")
    scopes: list[Scope]
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None = Field(description="To the minute")


class NewToken(TokenBody):
    """A token that was just made. It is not shown again."""

    token: str = Field(description="To be sent as `Authorization: Bearer`")


class TokenList(BaseModel):
    """Somebody's tokens, the newest first; those that have expired stay for thirty days."""

    tokens: list[TokenBody]
