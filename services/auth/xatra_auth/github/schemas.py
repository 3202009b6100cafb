"""What goes over the wire on the way to GitHub and back."""

from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from xatra_auth.accounts.schemas import Confirmation

# A path on this site: `//host`, `/\host` and what browsers drop from addresses would lead elsewhere.
NextPath = Annotated[str, StringConstraints(max_length=1000, pattern=r"^/([!-.0-\[\]-~][!-\[\]-~]*)?$")]
Short = Annotated[str, StringConstraints(max_length=500)]


class LinkStart(Confirmation):
    """The wish to sign in by a GitHub account too."""

    next: NextPath | None = Field(default=None, description="Path on this site to come back to; default: the site")


class LinkStarted(BaseModel):
    """Where the browser goes now; the cookie that comes with this goes with it."""

    authorization_url: str


class Return(BaseModel):
    """What a browser brings back from GitHub (RFC 6749, 4.1.2)."""

    code: Short = ""
    state: Short = ""
    error: Short = ""
