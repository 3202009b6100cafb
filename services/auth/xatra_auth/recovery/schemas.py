"""What goes over the wire when somebody has forgotten a password."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from xatra_auth.accounts.schemas import Body, Line, Password

LinkToken = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{43}$")]


class Forgotten(Body):
    """Whose password was forgotten."""

    username: Line = Field(description="The user name, or the verified e-mail address")


class PasswordReset(Body):
    """A link's token and the new password."""

    token: LinkToken = Field(description="What stands behind `#token=` in the link")
    new_password: Password


class ResetLink(BaseModel):
    """A link by which somebody sets a new password, once. It is not shown again."""

    url: str
    expires_at: datetime
    mailed_to: str | None = Field(description="Where it was sent; none: hand it over yourself")
