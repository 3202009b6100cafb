"""Works and people as they go over the wire."""

from datetime import datetime
from typing import Annotated, Literal

from fastapi import Query
from pydantic import BaseModel, Field

from xatra_api.hub.works import Kind, Visibility

MAX_WORKS = 30

type Sort = Literal["featured", "votes", "views", "recency"]

KindQuery = Annotated[Kind, Query(description="`map`, `lib` (territory library) or `css` (theme)")]
CursorQuery = Annotated[str | None, Query(max_length=400, description="`next_cursor` of the page before")]
LimitQuery = Annotated[int, Query(ge=1, le=MAX_WORKS)]


class WorkCard(BaseModel):
    """A work as lists show it."""

    kind: Kind
    name: str
    author: str | None = Field(description="None: whoever made it has given it up, or has no account any more")
    description: str = Field(description="Its beginning")
    display_type: str
    thumbnail_url: str | None
    votes: int
    views: int
    featured: bool
    latest_version: int = Field(description="0: none yet; only its author sees it")
    published_at: datetime | None = Field(description="When that version was")
    visibility: Visibility
    hidden_reason: str | None = Field(description="Why administrators have hidden it; only its author sees it")
    viewer_voted: bool | None = Field(description="Whether you did; none for guests")


class WorkPage(BaseModel):
    """Some works of a list."""

    works: list[WorkCard]
    next_cursor: str | None = Field(
        description="Sent as `cursor`, it gives the following works; none: these are the last"
    )


class ProfileBody(BaseModel):
    """A person."""

    username: str
    full_name: str
    bio: str
    is_admin: bool
    is_trusted: bool
    maps_count: int = Field(description="How many maps of theirs everyone finds")
    views_count: int = Field(description="How often people looked at the works of theirs that everyone finds")
    created_at: datetime
