"""Drafts over the wire."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from xatra_api.hub.schemas import Content, Description, Files, Metadata, Name
from xatra_api.hub.works import Visibility


class DraftFields(BaseModel):
    """What a draft says, but for the client's own state."""

    model_config = ConfigDict(extra="forbid", strict=True)

    program: Content = ""
    library: Content = Field(default="", description="A territory library, whose names the program uses")
    theme: Content = Field(default="", description="A theme, which the program uses")
    files: Files = {}
    name: Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")] = Field(
        default="", description="What it may be called some day; any text"
    )
    description: Description = ""


class DraftChange(DraftFields):
    """A draft to be saved; a field that is not sent stays as it is."""

    state: dict[str, Any] = Field(default={}, description="The client's own, kept as it is")


class DraftSummary(BaseModel):
    """A draft, without what it says."""

    id: str = Field(description="`current`, or what was set aside")
    name: str
    version: int = Field(description="Grows with every save: the entity tag for `If-Match`")
    size_bytes: int
    updated_at: datetime


class DraftBody(DraftSummary, DraftChange):
    """A draft."""

    model_config = ConfigDict(extra="ignore")


class DraftList(BaseModel):
    """One's drafts: the current one first, then those that were set aside, the newest first."""

    drafts: list[DraftSummary]


class PromotionRequest(BaseModel):
    """How to call the works that a draft becomes."""

    model_config = ConfigDict(extra="forbid", strict=True)

    name: Name
    visibility: Visibility = "public"
    metadata: Metadata | None = Field(default=None, description="The map's; none: the draft's `state`")


class Promotion(BaseModel):
    """The names of the works that a draft has become; none: it had nothing for it."""

    map: str | None
    library: str | None
    theme: str | None
