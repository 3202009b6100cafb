"""oEmbed over the wire (oembed.com, version 1.0)."""

from typing import Literal

from pydantic import BaseModel, Field


class OembedBody(BaseModel):
    """How to show a map on another page."""

    version: Literal["1.0"] = "1.0"
    type: Literal["rich"] = "rich"
    title: str
    author_name: str | None = Field(description="None: nobody's any more")
    author_url: str | None
    provider_name: str
    provider_url: str
    cache_age: int = Field(description="Seconds")
    html: str
    width: int
    height: int
