"""Tells what a file is by its content: the types that map programs can use, and no others."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePosixPath
from typing import BinaryIO, Final

from xatra_api.files.mp3 import is_mp3
from xatra_api.files.svg import is_safe_svg

_HEAD_BYTES: Final = 64 * 1024
_TEXT_CHUNK_CHARACTERS: Final = 1024 * 1024
_CSV_SAMPLE_ROWS: Final = 1000
_CSV_DELIMITERS: Final = ",;\t|"
_NOT_IN_TEXT: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class MediaType:
    """A type of file that may be uploaded.

    Attributes:
        name: How it is called in answers.
        extensions: Endings of names that claim it.
        aliases: Other values of `Content-Type` that claim it.
        matches: Tells by the content's first 64 KiB and the content itself whether a file is of this type.
    """

    name: str
    extensions: frozenset[str]
    aliases: frozenset[str]
    matches: Callable[[bytes, BinaryIO], bool]


def recognise(content: BinaryIO) -> MediaType | None:
    """Return the type of a file's content, or None if it is none that map programs can use.

    Reads all of it where it is text; for threads, as text of some megabytes takes a while.
    """
    content.seek(0)
    head = content.read(_HEAD_BYTES)
    return next((media_type for media_type in MEDIA_TYPES if media_type.matches(head, content)), None)


def agrees(media_type: MediaType, *, name: str, content_type: str | None) -> bool:
    """Tell whether a file's name and `Content-Type`, as far as they claim anything, claim this type."""
    extension = PurePosixPath(name).suffix.lower().removeprefix(".")
    claimed = (content_type or "").partition(";")[0].strip().lower()
    return (extension in media_type.extensions or not extension) and (
        claimed in media_type.aliases or claimed == media_type.name or claimed in _CLAIMS_NOTHING
    )


# What clients send when they do not know: browsers, curl with --data-binary, and nothing at all.
_CLAIMS_NOTHING: Final = frozenset({"", "application/octet-stream", "application/x-www-form-urlencoded"})


def _starts_with(*signatures: bytes) -> Callable[[bytes, BinaryIO], bool]:
    return lambda head, _content: head.startswith(signatures)


def _riff(form: bytes) -> Callable[[bytes, BinaryIO], bool]:
    return lambda head, _content: head[:4] == b"RIFF" and head[8:12] == form


def _is_m4a(head: bytes, _content: BinaryIO) -> bool:
    return head[4:8] == b"ftyp" and head[8:12] in (b"M4A ", b"M4B ", b"mp41", b"mp42", b"isom", b"iso2")


def _is_svg(head: bytes, content: BinaryIO) -> bool:
    return b"<svg" in head and is_safe_svg(content)


def _is_csv(_head: bytes, content: BinaryIO) -> bool:
    """Tell whether the content is UTF-8 text in rows, none of which has more fields than the first.

    All of it has to be text; the fields are counted in the first thousand rows.
    """
    try:
        with _text_of(content) as text:
            while chunk := text.read(_TEXT_CHUNK_CHARACTERS):
                if _NOT_IN_TEXT.search(chunk):
                    return False
        with _text_of(content) as text:
            first_line = text.readline()
    except UnicodeDecodeError:
        return False
    if not first_line.strip() or first_line.lstrip().startswith("<"):
        return False
    delimiters = [delimiter for delimiter in _CSV_DELIMITERS if delimiter in first_line] or [","]
    return any(_is_table(content, delimiter) for delimiter in delimiters)


def _is_table(content: BinaryIO, delimiter: str) -> bool:
    with _text_of(content) as text:
        rows = csv.reader(text, delimiter=delimiter, strict=True)
        try:
            columns = len(next(rows))
            return all(len(row) <= columns for row in islice(rows, _CSV_SAMPLE_ROWS))
        except csv.Error:
            return False


@contextmanager
def _text_of(content: BinaryIO) -> Iterator[io.TextIOWrapper]:
    content.seek(0)
    text = io.TextIOWrapper(content, encoding="utf-8-sig", newline="")
    try:
        yield text
    finally:
        text.detach()


MEDIA_TYPES: Final = (
    MediaType("image/png", frozenset({"png"}), frozenset(), _starts_with(b"\x89PNG\r\n\x1a\n")),
    MediaType("image/jpeg", frozenset({"jpg", "jpeg"}), frozenset({"image/jpg"}), _starts_with(b"\xff\xd8\xff")),
    MediaType("image/gif", frozenset({"gif"}), frozenset(), _starts_with(b"GIF87a", b"GIF89a")),
    MediaType("image/webp", frozenset({"webp"}), frozenset(), _riff(b"WEBP")),
    MediaType("audio/ogg", frozenset({"ogg", "oga", "opus"}), frozenset({"application/ogg"}), _starts_with(b"OggS")),
    MediaType("audio/flac", frozenset({"flac"}), frozenset({"audio/x-flac"}), _starts_with(b"fLaC")),
    MediaType(
        "audio/wav", frozenset({"wav"}), frozenset({"audio/x-wav", "audio/wave", "audio/vnd.wave"}), _riff(b"WAVE")
    ),
    MediaType("audio/mp4", frozenset({"m4a", "m4b"}), frozenset({"audio/x-m4a", "audio/m4a"}), _is_m4a),
    MediaType("audio/mpeg", frozenset({"mp3"}), frozenset({"audio/mp3"}), is_mp3),
    MediaType("image/svg+xml", frozenset({"svg"}), frozenset(), _is_svg),
    # Last, because it reads everything. Windows' browsers take its name for a spreadsheet's.
    MediaType(
        "text/csv",
        frozenset({"csv", "tsv", "txt"}),
        frozenset({"text/plain", "text/tab-separated-values", "application/csv", "application/vnd.ms-excel"}),
        _is_csv,
    ),
)
