"""Takes out of a document what belongs into files: audio as a data URL, and long tables."""

import base64
import binascii
import hashlib
import io
from typing import Final, Literal, NamedTuple

from xatra_api.document.schemas import DataframeLayer, Document, Element, MusicLayer
from xatra_api.document.values import CsvTable, FileTable
from xatra_api.files.media_types import recognise

_LONGEST_TABLE: Final = 20_000
"""Characters of a table that stays in the program."""

ENDINGS: Final = {
    "audio": {
        "audio/flac": "flac",
        "audio/mp4": "m4a",
        "audio/mpeg": "mp3",
        "audio/ogg": "ogg",
        "audio/wav": "wav",
    },
    "table": {"text/csv": "csv"},
}
"""What may be in a file -> the ending of its name, by media type."""


class NoSuchContentError(ValueError):
    """What claims to be a file is none that a map can use."""


class Detached(NamedTuple):
    """A document that names files, and what is in those that it held itself until now."""

    document: Document
    files: dict[str, bytes]


def detach(document: Document) -> Detached:
    """Return a document with names in the place of contents.

    Raises:
        NoSuchContentError: Some content is neither audio nor a table.
    """
    files: dict[str, bytes] = {}
    elements = [_detached(element, files) for element in document.elements]
    return Detached(document.model_copy(update={"elements": elements}), files)


def _detached(element: Element, files: dict[str, bytes]) -> Element:
    match element:
        case MusicLayer(value=url) if url.startswith("data:"):
            try:
                content = base64.b64decode(url.partition(",")[2], validate=True)
            except binascii.Error:
                raise NoSuchContentError("a data URL is not base64") from None
            return element.model_copy(update={"value": _named("audio", content, files)})
        case DataframeLayer(value=CsvTable(value=table)) if len(table) > _LONGEST_TABLE:
            name = _named("table", table.encode(), files)
            return element.model_copy(update={"value": FileTable(type="file", value=name)})
    return element


def _named(stem: Literal["audio", "table"], content: bytes, files: dict[str, bytes]) -> str:
    """Keep a content under a name that follows from it."""
    media_type = recognise(io.BytesIO(content))
    if media_type is None or media_type.name not in ENDINGS[stem]:
        raise NoSuchContentError(f"{stem} in it is of a type that maps cannot use")
    name = f"{stem}-{hashlib.sha256(content).hexdigest()[:12]}.{ENDINGS[stem][media_type.name]}"
    files[name] = content
    return name
