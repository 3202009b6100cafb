"""Renders as they go over the wire."""

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from xatra_api.document.schemas import DocumentJson
from xatra_api.files.schemas import FileName, Sha256


class RenderRequestBody(BaseModel):
    """A map, as a program or as a document, what runs before it, and the uploaded files that they read."""

    model_config = ConfigDict(extra="forbid", strict=True)

    program: str | None = Field(
        default=None, description="Python source that uses the `xatra` library; at most 200,000 characters"
    )
    document: DocumentJson | None = Field(default=None, description="A map document, in the place of a program")
    library: str = Field(
        default="", description="Source of the map's own territory library: it runs first, in the program's scope"
    )
    theme: str = Field(default="", description="Source of the map's own theme: it runs between library and program")
    files: Annotated[dict[FileName, Sha256], Field(max_length=32)] = Field(
        default={}, description="Name by which the program reads a file -> sha256 that the upload answered"
    )

    @model_validator(mode="after")
    def _check_map(self) -> Self:
        if (self.program is None) == (self.document is None):
            raise ValueError("either `program` or `document` says what to render")
        return self


class ArtefactBody(BaseModel):
    """A rendered map."""

    sha256: Sha256
    url: str = Field(description="Where the map lies: a path of this host, or an address of the site that maps have")
    size_bytes: int = Field(description="Size of the HTML")


class ErrorBody(BaseModel):
    """Why there is no map."""

    by: Literal["author", "limit", "service"] = Field(description="Whose error it is: the program's, a limit's, ours")
    type: str = Field(description="Class of the exception, or a name for what happened")
    message: str
    line: int | None = Field(description="Line of the program")
    traceback: str = Field(description="Frames of the program only")


class RenderBody(BaseModel):
    """A render as its caller sees it."""

    id: str
    state: Literal["queued", "running", "succeeded", "failed", "timed_out", "cancelled"]
    position: int | None = Field(description="Place in the queue while it waits; 1 is next")
    predicted_start_at: datetime | None = Field(description="When it will probably start, while it waits")
    predicted_finish_at: datetime | None = Field(description="When it will probably end, until it has")
    cached: bool = Field(description="The answer was known before this request")
    artefact: ArtefactBody | None
    error: ErrorBody | None
    warnings: list[str]
    output: str = Field(description="What the program printed")
    timings: dict[str, float] = Field(description="Seconds spent, by name")
