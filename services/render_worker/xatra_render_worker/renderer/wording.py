"""Makes text that goes to an author fit to be shown: no path of this server, nothing that cannot be stored or sent."""

import re
import sys
import sysconfig
from functools import cache
from pathlib import Path

from xatra_render_worker.renderer.library import xatra

_OUR_PACKAGES = Path(__file__).resolve().parents[2]


def clean(text: str, limit: int | None = None) -> str:
    """Return `text` without paths of this server, NUL characters and lone surrogates.

    Args:
        text: a message, a traceback or a piece of printed output.
        limit: characters to keep; a longer text loses its middle.
    """
    if limit is not None and len(text) > limit:
        half = limit // 2
        text = f"{text[:half]}\n… {len(text) - 2 * half} characters left out …\n{text[-half:]}"
    text = _paths().sub(lambda match: _names()[match[0]], text)
    return text.replace("\0", "\ufffd").encode("utf-8", "backslashreplace").decode("utf-8")


@cache
def _paths() -> re.Pattern[str]:
    longest_first = sorted(_names(), key=len, reverse=True)
    return re.compile(rf"(?<![\w.-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])")


@cache
def _names() -> dict[str, str]:
    places: dict[str, set[str | Path]] = {
        "<python>": {sys.prefix, sys.base_prefix, sys.exec_prefix, *sysconfig.get_paths().values()},
        "<library>": {_OUR_PACKAGES, sysconfig.get_path("purelib"), sysconfig.get_path("platlib")},
        "<map data>": {xatra.data_installer.get_data_dir(), xatra.data_installer.get_xatra_dir(), Path.home()},
    }
    names: dict[str, str] = {}
    for name, paths in places.items():
        for path in map(Path, paths):
            names |= {str(spelling): name for spelling in {path, path.resolve()} if len(spelling.parts) > 1}
    return names
