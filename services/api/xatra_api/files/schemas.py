"""Files as they go over the wire."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
FileName = Annotated[str, StringConstraints(pattern=r"^\w[\w .()-]{0,99}$")]
"""The name by which a program opens a file."""


class StoredFile(BaseModel):
    """A file of the caller's."""

    sha256: str = Field(description="Names the file in a render's `files`")
    media_type: str = Field(description="What the content is")
    size_bytes: int


class UploadedFile(StoredFile):
    """A file that was just uploaded, by the name that it came with."""

    name: str


class ListedFile(StoredFile):
    """A file in the caller's list."""

    created_at: datetime = Field(description="When the caller first uploaded it")


class FileList(BaseModel):
    """The caller's files, the newest first, and what they count."""

    files: list[ListedFile]
    used_bytes: int
    quota_bytes: int
