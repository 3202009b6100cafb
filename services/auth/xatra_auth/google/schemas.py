"""What comes over the wire from Google's button."""

from typing import Annotated

from pydantic import Field, StringConstraints

from xatra_auth.accounts.schemas import Body, Confirmation

Credential = Annotated[
    str, StringConstraints(max_length=8000, pattern=r"^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$")
]
GoogleCsrfToken = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class GoogleSignIn(Body):
    """An ID token, with the names that Google Identity Services gives to things."""

    credential: Credential = Field(description="The ID token")
    g_csrf_token: GoogleCsrfToken | None = Field(
        default=None, description="Where Google's script sent one: it must be the value of the cookie of this name"
    )


class GoogleLink(GoogleSignIn, Confirmation):
    """An ID token of the account that shall lead to one's own from now on."""
