"""Works as they go over the wire."""

import re
from datetime import datetime
from typing import Annotated, Any, Final, Literal

import orjson
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from xatra_api.files.schemas import FileName, Sha256
from xatra_api.hub.works import Kind, Visibility
from xatra_api.imports.programs import MAX_PROGRAM_CHARACTERS
from xatra_api.renders.schemas import ErrorBody

MAX_METADATA_BYTES: Final = 64_000

_NUL: Final = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


def _plain_json(value: dict[str, Any]) -> dict[str, Any]:
    """Refuse what is too long, and what JSON and the database do not give back as it was."""
    try:
        written = orjson.dumps(value)
    except orjson.JSONEncodeError as error:
        raise ValueError(str(error)) from None
    if len(written) > MAX_METADATA_BYTES:
        raise ValueError(f"it has more than {MAX_METADATA_BYTES:,} bytes")
    if _NUL.search(written) or orjson.loads(written) != value:
        raise ValueError("U+0000, NaN and infinity cannot be kept")
    return value


Name = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9_.]{1,200}$"),
    Field(description="New names have 64 characters at most", examples=["mauryan_empire"]),
]
Content = Annotated[
    str,
    StringConstraints(max_length=MAX_PROGRAM_CHARACTERS, pattern=r"^[^\x00]*$"),
    Field(description="Python source; while it is being written, it need not be valid"),
]
Files = Annotated[
    dict[FileName, Sha256],
    Field(max_length=32, description="Name by which the program reads an uploaded file -> its sha256"),
]
Metadata = Annotated[
    dict[str, Any], AfterValidator(_plain_json), Field(description="The client's own, kept as it is; 64 kB at most")
]
Description = Annotated[str, StringConstraints(max_length=4000, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$")]
DisplayType = Annotated[
    str,
    StringConstraints(max_length=60, pattern=r"^[^\x00-\x1f\x7f]*$"),
    Field(description="What readers are told that it is, such as `historical atlas`"),
]


class WorkFields(BaseModel):
    """What a work is; a field that is not sent stays as it is."""

    model_config = ConfigDict(extra="forbid", strict=True)

    description: Description = ""
    display_type: DisplayType = ""
    visibility: Visibility = "public"
    library: Name | None = Field(
        default=None, description="A map's own territory library, whose names its program uses without importing them"
    )
    theme: Name | None = Field(default=None, description="A map's own theme, which its program uses likewise")


class SaveBody(WorkFields):
    """An alpha to be saved; a field that is not sent stays as it is."""

    content: Content = ""
    files: Files = {}
    metadata: Metadata = {}


class ChangeBody(WorkFields):
    """What to change of a work; a field that is not sent stays as it is."""

    name: Name = Field(default="", description="Until it is first published")


class ForkBody(BaseModel):
    """What to fork, and how to call the fork."""

    model_config = ConfigDict(extra="forbid", strict=True)

    name: Name
    version: Annotated[int, Field(ge=1, lt=1 << 53)] | Literal["alpha"] | None = Field(
        default=None, description="Left out: the latest; `alpha` for one's own works, also where there is no version"
    )
    visibility: Visibility = "public"


class ConfirmBody(BaseModel):
    """Proof that somebody means what cannot be undone."""

    model_config = ConfigDict(extra="forbid", strict=True)

    confirm: str = Field(max_length=200, description="The work's name, typed")


class ArtefactStateBody(BaseModel):
    """How far the map of a version is."""

    state: Literal["pending", "ready", "failed"]
    url: str | None = Field(description="Where it lies, once it is ready")
    sha256: str | None
    error: ErrorBody | None = Field(description="Why there will be none")
    postponed_until: datetime | None = Field(
        description="Where it is pending and not asked for before then: its author's budget was spent, or we failed"
    )


class LineageBody(BaseModel):
    """What a work was made from."""

    kind: Kind
    name: str
    version: int | None = Field(description="None: its alpha")


class PartBody(BaseModel):
    """The library or theme of a map's version."""

    name: str
    version: int


class VersionSummary(BaseModel):
    """A published version, without what it says."""

    version: int
    created_at: datetime
    artefact: ArtefactStateBody | None = Field(description="Of maps alone")


class AlphaBody(BaseModel):
    """A work as its author last saved it."""

    version: int = Field(description="Grows with every save: the entity tag for `If-Match`")
    content: str
    files: dict[str, str]
    metadata: dict[str, Any]
    content_hash: str = Field(description="Of content and files")
    updated_at: datetime


class WorkBody(BaseModel):
    """A map, territory library or theme."""

    id: int
    kind: Kind
    name: str
    author: str | None = Field(description="None: disassociated, or the account is no more")
    visibility: Visibility
    featured: bool
    description: str
    display_type: str
    thumbnail_url: str | None
    library: str | None
    theme: str | None
    forked_from: LineageBody | None
    latest_version: int = Field(description="0: none is published")
    versions: list[VersionSummary] = Field(description="The newest 100, the newest first; numbers have no gaps")
    votes: int
    views: int
    viewer_voted: bool
    hidden_reason: str | None = Field(description="Why administrators have hidden it")
    disassociated: bool
    created_at: datetime
    updated_at: datetime
    alpha: AlphaBody


class VersionBody(BaseModel):
    """A published version; nothing but its artefact ever changes."""

    kind: Kind
    name: str
    author: str | None
    version: int
    content: str
    whole_content: str | None = Field(
        description="With its library and theme before it, in one scope; none: `content` is all of it"
    )
    files: dict[str, str]
    metadata: dict[str, Any]
    created_at: datetime
    artefact: ArtefactStateBody | None = Field(description="Of maps alone")
    library: PartBody | None
    theme: PartBody | None


class PublicationBody(BaseModel):
    """What came of publishing."""

    status: Literal["published", "no_changes"]
    version: int = Field(description="The new version, or the latest, which says the same")


class SuggestionBody(BaseModel):
    """A name that nobody has."""

    name: str


class LinkBody(BaseModel):
    """Another work."""

    kind: Kind
    name: str
    author: str | None


class ImporterBody(LinkBody):
    """A work that imports this one."""

    version: int | None = Field(description="Its latest version; none: its alpha")
    imported_version: int | None = Field(description="None: always the latest, or the alpha")


class ImporterList(BaseModel):
    """Works that import this one, the newest first."""

    importers: list[ImporterBody]
    next_cursor: int | None = Field(description="`cursor` of the next page, where there is one")


class OutdatedImporterBody(LinkBody):
    """A work of one's own that a newer version of this one would change."""

    via: Literal["import", "library", "theme"]
    version: int = Field(description="Its latest version")
    imported_version: int = Field(description="The version of this work that it has; there is a newer one")


class OutdatedImporterList(BaseModel):
    """Works of one's own that a newer version of this one would change."""

    latest_version: int
    importers: list[OutdatedImporterBody]


class ImportBody(BaseModel):
    """What a work imports."""

    path: str
    kind: Kind
    name: str
    version: int | None = Field(description="None: the latest, or the alpha")
    latest_version: int
    hidden_reason: str | None = Field(description="Why administrators have hidden it: it can no longer be imported")


class EventBody(BaseModel):
    """Something that happened to a work."""

    event: Literal["created", "forked", "published", "hidden", "disassociated"]
    at: datetime
    version: int | None = None


class InfoBody(BaseModel):
    """Where a work comes from and what came of it; lists have their newest 100."""

    description: str
    display_type: str
    forked_from: LineageBody | None
    forks: list[LinkBody]
    importers: list[ImporterBody]
    imports: list[ImportBody] = Field(description="Of the latest version, or of the alpha as long as there is none")
    timeline: list[EventBody] = Field(description="The newest first")
