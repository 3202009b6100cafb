"""What accounts look like over the wire."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from xatra_auth.accounts.passwords import MAX_CHARACTERS
from xatra_auth.accounts.repository import User


def _printable(value: str) -> str:
    if any((ord(character) < 32 and character not in "\n\t") or character == "\x7f" for character in value):  # noqa: PLR2004 - the first that is no control character
        raise ValueError("It must not contain control characters")
    return value


Text = Annotated[str, StringConstraints(max_length=5000), AfterValidator(_printable)]
Line = Annotated[str, StringConstraints(max_length=100, pattern=r"^[^\x00-\x1f\x7f]*$")]
Password = Annotated[str, StringConstraints(min_length=1, max_length=MAX_CHARACTERS)]


class Body(BaseModel):
    """What a request brings: exactly these fields, of exactly these types."""

    model_config = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)


class SignUp(Body):
    """A new account."""

    username: Line
    password: Password
    full_name: Line = ""


class SignIn(Body):
    """Who somebody says they are, and the proof."""

    username: Line = Field(description="The user name, or the verified e-mail address")
    password: Password


class Profile(Body):
    """What somebody tells of themselves."""

    full_name: Line
    bio: Text


class PasswordChange(Body):
    """A new password."""

    current_password: Password | None = Field(default=None, description="Needed where the account has one")
    new_password: Password


class Confirmation(Body):
    """The password once more, for what cannot be taken back."""

    current_password: Password | None = Field(default=None, description="Needed where the account has one")


class Rename(Confirmation):
    """Another user name."""

    username: Line


class Deletion(Confirmation):
    """The own user name, typed, so that nobody deletes an account by mistake."""

    username: Line


class Account(BaseModel):
    """An account, as its owner sees it."""

    id: int
    username: str
    full_name: str
    bio: str
    email: str | None
    email_verified: bool
    is_trusted: bool
    is_admin: bool
    has_password: bool
    has_google: bool = Field(description="Whether an account of Google's is linked")
    has_github: bool = Field(description="Whether an account of GitHub's is linked")
    created_at: datetime

    @classmethod
    def of(cls, user: User) -> "Account":
        """Return an account's form on the wire."""
        return cls.model_validate(user, from_attributes=True)


class SignedInBody(BaseModel):
    """Who is signed in now; the cookies come with it."""

    user: Account
    csrf_token: str = Field(description="To be sent as X-CSRF-Token with every write from now on")


class PublicProfile(BaseModel):
    """An account, as everyone sees it."""

    username: str
    full_name: str
    bio: str
    created_at: datetime


class WaysIn(BaseModel):
    """How people can come in here."""

    registration_open: bool = Field(description="Whether strangers may sign up")
    password_min_characters: int
    password_max_characters: int = MAX_CHARACTERS
    mail: bool = Field(description="Whether somebody who forgot their password can have a link sent to them")


class AccountData(BaseModel):
    """All that the service holds of somebody, secrets left out."""

    account: Account
    names: list[str] = Field(description="Every user name that it has or had")
    linked_accounts: list[dict[str, Any]] = Field(description="Accounts elsewhere that lead to this one")
    sessions: list[dict[str, Any]]
    tokens: list[dict[str, Any]] = Field(description="Personal API tokens")
    events: list[dict[str, Any]]
