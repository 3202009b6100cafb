"""Pictures, good and bad, and their sending."""

import io
import os
import struct
import zlib

import httpx2
from PIL import Image
from tests.api.conftest import API
from tests.api.users import User

THUMBNAIL = f"{API}/hub/map/rivers/thumbnail"

GIF = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def packed(image: Image.Image, form: str, **options: object) -> bytes:
    """Return a picture as a file."""
    written = io.BytesIO()
    image.save(written, form, **options)
    return written.getvalue()


def plain(size: tuple[int, int] = (1000, 500), form: str = "PNG", mode: str = "RGB") -> bytes:
    """Return a picture of one colour."""
    return packed(Image.new(mode, size, 200), form)


def noise(size: tuple[int, int] = (640, 400)) -> bytes:
    """Return a picture that nothing packs."""
    return packed(Image.frombytes("RGB", size, os.urandom(size[0] * size[1] * 3)), "PNG")


def chunk(kind: bytes, content: bytes) -> bytes:
    """Return a chunk of a PNG."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width: int, height: int, *chunks: bytes, rows: bytes = b"") -> bytes:
    """Return a PNG of any claimed size, in black and white, with what is claimed to be its rows."""
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    body = chunk(b"IHDR", header) + b"".join(chunks) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def opened(content: bytes) -> Image.Image:
    """Return a picture."""
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def deflated_zeros(size: int) -> bytes:
    """Return many zeros, packed."""
    packer = zlib.compressobj()
    parts = [packer.compress(bytes(10_000_000)) for _ in range(size // 10_000_000)]
    return b"".join([*parts, packer.flush()])


def put(user: User, picture: bytes, media_type: str = "image/png", address: str = THUMBNAIL) -> httpx2.Response:
    """Let a picture be a work's thumbnail."""
    return user.client.put(address, content=picture, headers={"Content-Type": media_type})
