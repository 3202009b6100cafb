"""Which providers' buttons a page shows."""

from pydantic import BaseModel, Field


class GoogleButton(BaseModel):
    """What Google's script needs to show its button."""

    client_id: str
    hosted_domain: str | None = Field(description="Only accounts of this Workspace come in")


class Providers(BaseModel):
    """The providers that the operator has set up."""

    google: GoogleButton | None
    github: bool = Field(description="If so, a link to /auth/github/start is the button")
