"""Thumbnails over the wire."""

from pydantic import BaseModel, Field


class ThumbnailBody(BaseModel):
    """The thumbnail that a work has now."""

    sha256: str
    url: str = Field(description="Where it lies: a path of this host")
    size_bytes: int
