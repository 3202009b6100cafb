"""Reports and what administrators do about works, over the wire."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from xatra_api.hub.works import Kind, Visibility

type Reason = Literal["unlawful", "hateful", "harmful", "copyright", "misleading", "spam", "other"]

_NO_CONTROLS = r"^[^\x00-\x08\x0b-\x1f\x7f]*$"  # but tabs and ends of lines
Details = Annotated[str, StringConstraints(max_length=2000, pattern=_NO_CONTROLS)]
Statement = Annotated[str, StringConstraints(min_length=1, max_length=1000, pattern=_NO_CONTROLS)]


class ReportRequest(BaseModel):
    """Why a work should not be here."""

    model_config = ConfigDict(extra="forbid", strict=True)

    reason: Reason
    details: Details = ""


class ReportReceipt(BaseModel):
    """That a report has arrived."""

    id: int
    created_at: datetime


class ModeratedWork(BaseModel):
    """A work as administrators see it, without what it says."""

    kind: Kind
    name: str
    author: str | None
    visibility: Visibility
    featured: bool
    hidden_reason: str | None = Field(description="Why it is hidden; none: it is not")


class ReportBody(BaseModel):
    """A report as administrators see it."""

    id: int
    work: ModeratedWork
    reason: Reason
    details: str
    reporter: str | None = Field(description="Name of the user who sent it; none: a guest, or the account is no more")
    created_at: datetime
    resolved_at: datetime | None
    resolution: str | None = Field(description="What came of it")
    resolved_by: str | None = Field(description="Name of the administrator")


class ReportPage(BaseModel):
    """Reports: open ones the oldest first, resolved ones the newest first."""

    reports: list[ReportBody]
    next_cursor: int | None = Field(description="`cursor` of the next page; none: this is the last")


class ResolutionBody(BaseModel):
    """What came of a report."""

    model_config = ConfigDict(extra="forbid", strict=True)

    resolution: Statement


class HiddenChange(BaseModel):
    """Why a work is hidden from now on, which those are told who come to it; none: it is not hidden any more."""

    model_config = ConfigDict(extra="forbid", strict=True)

    reason: Statement | None


class FeaturedChange(BaseModel):
    """Whether a work is among the first that readers see."""

    model_config = ConfigDict(extra="forbid", strict=True)

    featured: bool
