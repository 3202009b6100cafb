"""What goes over the wire to the library's own client."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, Field

from xatra_api.hub.works import Kind


class ImportedBody(BaseModel):
    """A work in one version, as a program imports it."""

    kind: Kind
    name: str
    username: str | None = Field(description="Its author; null: it has none any more")
    slug: str = Field(description="Its path, by which programs import this version: such as `/lib/NAME/3`")
    version: int | Literal["alpha"]
    content: str = Field(description="Python source; of a map, with its library and theme before it")
    metadata: dict[str, Any]
    featured: bool
    votes: int
    views: int
    created_at: datetime = Field(description="Of the version; of the work, where this is its alpha")
    updated_at: datetime
