"""Content encoding: what a client takes, and gzip undone in small steps."""

from collections.abc import AsyncIterable, AsyncIterator
from typing import Final

from isal import igzip_lib

_CHUNK_BYTES: Final = 256 * 1024


def accepts_gzip(accept_encoding: str | None) -> bool:
    """Tell whether an `Accept-Encoding` header (RFC 9110, 12.5.3) takes gzip; no header is taken for a no."""
    qualities = {}
    for item in (accept_encoding or "").lower().split(","):
        coding, _, parameters = item.partition(";")
        qualities[coding.strip()] = _quality(parameters)
    for coding in ("gzip", "x-gzip", "*"):
        if coding in qualities:
            return qualities[coding] > 0
    return False


async def gunzip(chunks: AsyncIterable[bytes]) -> AsyncIterator[bytes]:
    """Yield the content of a gzip stream, at most 256 KiB at a time whatever it was packed into."""
    decompressor = igzip_lib.IgzipDecompressor(flag=igzip_lib.DECOMP_GZIP)
    async for chunk in chunks:
        yield decompressor.decompress(chunk, _CHUNK_BYTES)
        while not decompressor.needs_input and not decompressor.eof:
            yield decompressor.decompress(b"", _CHUNK_BYTES)


def _quality(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip() != "q":
        return 1
    try:
        return float(value)
    except ValueError:
        return 0
