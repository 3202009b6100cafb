"""Turns a map into the bytes of its page: the library's template, rendered once, around the payload and the author's CSS."""

from collections.abc import Iterator
from functools import cache

import orjson

from xatra_render_worker.renderer.export import Payload, payload_of
from xatra_render_worker.renderer.library import flagmap, template
from xatra_render_worker.renderer.registry import DUMP_OPTIONS, Piece
from xatra_render_worker.renderer.shell import corrected

_PAYLOAD_MARK, _CSS_MARK = "@@payload@@", "@@css@@"


def render_page(shown: flagmap.Map) -> bytes:
    """Return the page of a map as it is now, in UTF-8.

    Raises:
        MissingDataError: the map needs geometry that is not installed.
        FileNotFoundError: its music is not among the uploaded files.
    """
    shown._add_watermark()  # noqa: SLF001 - part of the library's own export
    payload = payload_of(shown)
    before_css, before_payload, after_payload = _template()
    css = payload.members["css"].replace("</", "<\\/").encode()
    return b"".join((before_css, css, before_payload, *_json(payload), after_payload))


def _json(payload: Payload) -> Iterator[Piece]:
    yield _escaped(orjson.dumps(payload.members, option=DUMP_OPTIONS)[:-1])
    yield b',"geometry_registry":{'
    for index, (identifier, pieces) in enumerate(payload.geometry_registry.items()):
        yield b'%b"%b":' % (b"," if index else b"", identifier.encode())
        yield from map(_escaped, pieces)
    yield b"}}"


def _escaped(json: Piece) -> Piece:
    """Return JSON text from which the element of the script that holds it cannot be left.

    After "<!--" a "<script" would hide the end of the script (HTML standard, script data double escaped state).
    """
    if b"<" not in json:
        return json
    return bytes(json).replace(b"</", b"<\\/").replace(b"<!--", b"\\u003c!--")


@cache
def _template() -> tuple[bytes, bytes, bytes]:
    page = corrected(template.HTML_TEMPLATE.render(payload=_PAYLOAD_MARK, css=_CSS_MARK))
    before_css, rest = page.split(_CSS_MARK)
    before_payload, after_payload = rest.split(_PAYLOAD_MARK)
    return before_css.encode(), before_payload.encode(), after_payload.encode()
