"""Makes a map's page into one file that opens from disk: what it loads from us is put into it.

The page loads assets in its constant part, before its payload, in exactly two forms:

    <link rel="stylesheet" href="../assets/<sha256>.css" />
    <script src="../assets/<sha256>.js"></script>

and a style sheet refers to its pictures and fonts as `url(<sha256>.<extension>)`.
"""

import base64
import re
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable
from typing import Final

from xatra_api.artefacts.media_types import ASSET_MEDIA_TYPES
from xatra_shared.artifacts.store import ObjectMissing

ReadAsset = Callable[[str], Awaitable[bytes]]

_PAYLOAD: Final = b"const payload = "
_MAX_HEAD_BYTES: Final = 4 * 1024 * 1024  # the template's 0.2 MB and the author's style sheet
_MAX_TAGS: Final = 32  # an author could write such tags as well, to make a small map a huge file
_TAG: Final = re.compile(
    rb'<link rel="stylesheet" href="\.\./assets/(?P<css>[0-9a-f]{64}\.css)" />'
    rb'|<script src="\.\./assets/(?P<js>[0-9a-f]{64}\.js)"></script>'
)
_URL: Final = re.compile(rb"url\((?P<name>[0-9a-f]{64}\.[a-z0-9]{1,8})\)")
_ENDS_SCRIPT: Final = re.compile(rb"<(?=!--|/?script)", re.IGNORECASE)
_ENDS_STYLE: Final = re.compile(rb"</(?=style)", re.IGNORECASE)


async def standalone(page: AsyncIterable[bytes], read_asset: ReadAsset) -> AsyncIterator[bytes]:
    """Yield `page` with the assets that it loads put in; what follows the payload's start passes through as it is.

    Args:
        page: The page's HTML in parts.
        read_asset: Returns an asset's content by its name, or raises ObjectMissing.
    """
    head = bytearray()
    in_head = True
    async for chunk in page:
        if not in_head:
            yield chunk
            continue
        head += chunk
        in_head = _PAYLOAD not in head and len(head) < _MAX_HEAD_BYTES
        if not in_head:
            yield await _with_assets(bytes(head), read_asset)
    if in_head:
        yield await _with_assets(bytes(head), read_asset)


async def _with_assets(head: bytes, read_asset: ReadAsset) -> bytes:
    """Replace the tags before the payload. An asset that is not ours, by a tag of the author's, is left alone."""
    constant, payload, rest = head.partition(_PAYLOAD)
    elements: dict[bytes, bytes] = {}
    for tag in list(_TAG.finditer(constant))[:_MAX_TAGS]:
        if tag[0] not in elements:
            try:
                elements[tag[0]] = await _element(tag, read_asset)
            except ObjectMissing:
                elements[tag[0]] = tag[0]
    return _TAG.sub(lambda tag: elements.get(tag[0], tag[0]), constant, count=_MAX_TAGS) + payload + rest


async def _element(tag: re.Match[bytes], read_asset: ReadAsset) -> bytes:
    if name := tag["js"]:
        script = await read_asset(name.decode())
        # As the HTML standard advises: in strings and expressions, which is where these occur, `\x3C` is `<`.
        return b"<script>" + _ENDS_SCRIPT.sub(rb"\\x3C", script) + b"</script>"
    style = await read_asset(tag["css"].decode())
    parts: list[bytes] = []
    end = 0
    for url in _URL.finditer(style):
        parts += [style[end : url.start()], await _data_url(url["name"].decode(), read_asset)]
        end = url.end()
    parts.append(style[end:])
    return b"<style>" + _ENDS_STYLE.sub(rb"<\\/", b"".join(parts)) + b"</style>"


async def _data_url(name: str, read_asset: ReadAsset) -> bytes:
    media_type = ASSET_MEDIA_TYPES[name.rpartition(".")[2]]
    return f"url(data:{media_type};base64,{base64.b64encode(await read_asset(name)).decode()})".encode()
