"""Makes a thumbnail of the picture on its standard input, in a process that lives for this one picture.

Decoders of pictures have had faults by which a picture took over the process. So this one gives away what it does not
need before it reads the picture: it can open neither a file nor a connection, and start no process.
"""

import io
import resource
import sys
from typing import Final

# All that reads such pictures and their metadata: nothing can be loaded any more once the process is shut in.
from PIL import Image, ImageOps, JpegImagePlugin, MpoImagePlugin, PngImagePlugin, WebPImagePlugin  # noqa: F401

from xatra_api.imports.syntax import bound_this_process

MAX_SIDE: Final = 4096  # pixels
MAX_SIZE: Final = (640, 400)
MAX_BYTES: Final = 100_000

_FORMATS: Final = ("PNG", "JPEG", "WEBP")
_WHITE: Final = (255, 255, 255)
_QUALITIES: Final = (80, 50, 20, 0)  # noise, which nothing packs, fits from 20 on

TOO_MANY_PIXELS: Final = f"A picture has at most {MAX_SIDE} pixels each way."
NOT_SMALL: Final = "The picture cannot be made small enough."


def convert(picture: bytes) -> bytes | str:
    """Return a picture as WebP that fits into 640 by 400 pixels and 100 kB, or why there is none.

    Whatever else is in the file is left behind: what was appended to it, its metadata, frames after the first.
    Transparent parts become white.

    Raises:
        Exception: It is no picture. Decoders raise whatever comes to them.
    """
    with Image.open(io.BytesIO(picture), formats=_FORMATS) as image:
        if max(image.size) > MAX_SIDE:
            return TOO_MANY_PIXELS
        upright = ImageOps.exif_transpose(image).convert("RGBA")
    upright.thumbnail(MAX_SIZE)
    flat = Image.new("RGB", upright.size, _WHITE)
    flat.paste(upright, mask=upright)
    for quality in _QUALITIES:
        packed = io.BytesIO()
        flat.save(packed, "WEBP", quality=quality)
        if packed.tell() <= MAX_BYTES:
            return packed.getvalue()
    return NOT_SMALL


def shut_in() -> None:
    """Bound this process, and let it open nothing from now on; what it has open stays so."""
    bound_this_process()
    Image.preinit()
    for limit in (resource.RLIMIT_NOFILE, resource.RLIMIT_FSIZE, resource.RLIMIT_NPROC):
        resource.setrlimit(limit, (0, 0))


def main() -> None:
    """Write the thumbnail, or why there is none."""
    shut_in()
    outcome = convert(sys.stdin.buffer.read())
    sys.stdout.buffer.write(outcome.encode() if isinstance(outcome, str) else outcome)


if __name__ == "__main__":
    main()
