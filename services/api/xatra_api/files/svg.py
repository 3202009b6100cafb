"""Tells whether an SVG picture is only a picture: no script, no entities, nothing fetched from elsewhere.

Icons are drawn as SVG more often than not, so that it is not refused altogether. A browser that shows one as a picture
runs nothing in it; a map, however, may put the file's text into its page, and there it would.
"""

import re
from typing import BinaryIO, Final
from xml.parsers import expat

_MAX_BYTES: Final = 2_000_000
_SVG: Final = "http://www.w3.org/2000/svg"
_XHTML: Final = "http://www.w3.org/1999/xhtml"
# Those that run scripts, hold pages, or change an address after it was checked.
_REFUSED_ELEMENTS: Final = frozenset(
    {"a", "animate", "animateMotion", "animateTransform", "foreignObject", "handler", "iframe", "script", "set"}
)
_OWN_ADDRESS: Final = re.compile(r"\s*(#|data:image/(png|jpeg|gif|webp);base64,)", re.IGNORECASE)
_FETCHES: Final = re.compile(r"url\(\s*['\"]?\s*(?!#)|@import|image-set|\\", re.IGNORECASE)


class _UnsafeError(Exception):
    """Something was found that is more than a picture."""


def is_safe_svg(content: BinaryIO) -> bool:
    """Tell whether `content` is a well-formed SVG document that draws and does nothing else.

    A document type is let pass as long as it declares nothing, because drawing programs write one.
    """
    content.seek(0)
    document = content.read(_MAX_BYTES + 1)
    if len(document) > _MAX_BYTES:
        return False
    text: list[str] = []
    parser = expat.ParserCreate("utf-8", " ")
    parser.XmlDeclHandler = _check_encoding
    parser.StartDoctypeDeclHandler = _check_doctype
    elements = _Elements()
    parser.StartElementHandler = elements.start
    parser.EndElementHandler = elements.end
    parser.CharacterDataHandler = text.append
    parser.ProcessingInstructionHandler = _refuse_instruction
    try:
        parser.Parse(document, True)  # noqa: FBT003 - takes it by position only
        # Together: it comes in pieces, at every entity for one, and in a style sheet they are one text.
        _check_style("".join(text))
    except (expat.ExpatError, _UnsafeError, ValueError):
        return False
    return True


class _Elements:
    """Checks elements: that the first is `<svg>`, and that none stands in a style sheet, whose text it would part."""

    def __init__(self) -> None:
        self._open: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if not self._open and name != f"{_SVG} svg":
            raise _UnsafeError
        namespace, _, local_name = name.rpartition(" ")
        if namespace == _XHTML or local_name in _REFUSED_ELEMENTS or self._open[-1:] == [f"{_SVG} style"]:
            raise _UnsafeError
        for attribute, value in attributes.items():
            _check_attribute(attribute.rpartition(" ")[2].lower(), value)
        self._open.append(name)

    def end(self, _name: str) -> None:
        self._open.pop()


def _check_attribute(name: str, value: str) -> None:
    if name.startswith("on") or (name in {"href", "src"} and not _OWN_ADDRESS.match(value)):
        raise _UnsafeError
    if name not in {"href", "src"}:
        _check_style(value)


def _check_style(text: str) -> None:
    if _FETCHES.search(text):
        raise _UnsafeError


def _check_encoding(_version: str, encoding: str | None, _standalone: int) -> None:
    """Refuse a document that others may read as another text than we do."""
    if encoding is not None and encoding.lower() != "utf-8":
        raise _UnsafeError


def _check_doctype(_name: str, _system_id: str | None, _public_id: str | None, has_internal_subset: int) -> None:
    if has_internal_subset:
        raise _UnsafeError


def _refuse_instruction(_target: str, _data: str) -> None:
    raise _UnsafeError
