"""The scripts, styles and fonts that every artefact loads, served by us instead of the CDNs that the library names.

An artefact lies at `…/artefacts/<sha256>` and refers to its assets by relative addresses, in exactly these forms, all of
them in the constant part of the page that precedes its map:

    <link rel="stylesheet" href="../assets/<sha256>.css" />
    <script src="../assets/<sha256>.js"></script>

A style sheet refers to its images and fonts as `url(<sha256>.<extension>)`, its siblings. `bridge.js`, which is ours,
loads a sibling when the page around a map asks for a picture; no other asset refers to anything by an address. Whoever
makes one file of an artefact replaces the two forms, and `url(…)` in what it puts there.
"""

import base64
import hashlib
import json
import lzma
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).with_name("assets")

_MEDIA_TYPES = {
    "css": "text/css",
    "gif": "image/gif",
    "js": "text/javascript",
    "png": "image/png",
    "woff2": "font/woff2",
}

_TAGS = {
    '<link rel="stylesheet" href="https://unpkg.com/leaflet@1.9.4/dist/leaflet.css" />': "leaflet.css",
    '<link rel="stylesheet" href="https://unpkg.com/leaflet-control-geocoder@2.4.0/dist/Control.Geocoder.css" />': "control-geocoder.css",
    '<link rel="stylesheet" href="https://unpkg.com/leaflet-search@4.0.0/dist/leaflet-search.min.css" />': "leaflet-search.css",
    '<link rel="preconnect" href="https://fonts.googleapis.com" />\n    ': None,
    '<link rel="preconnect" href="https://fonts.gstatic.com" crossorigin />\n    ': None,
    '<link rel="stylesheet" href="https://fonts.googleapis.com/css2?family=EB+Garamond:ital,wght@0,400..700;1,400..700&family=Inter:wght@400..650&display=swap" />': "fonts.css",
    '<script src="https://unpkg.com/leaflet@1.9.4/dist/leaflet.js"></script>': "leaflet.js",
    '<script src="https://unpkg.com/leaflet-control-geocoder@2.4.0/dist/Control.Geocoder.js"></script>': "control-geocoder.js",
    '<script src="https://unpkg.com/leaflet-search@4.0.0/dist/leaflet-search.min.js"></script>': "leaflet-search.js",
}
"""The tags of the library's template that load something, in order, and the asset that each loads instead."""

_BRIDGE, _PICTURE = "bridge.js", "picture.js"
"""Scripts of our own: by which the page around a map speaks with it, and what makes pictures when it asks for one."""

_INLINED = frozenset({"marker-icon-2x.png", "marker-shadow.png"})
"""Files that are only part of others."""

_CSS_URL = re.compile(rb"url\(([^)\"'#]+)\)")
_SOURCE_MAP = re.compile(rb"\n//# sourceMappingURL=.*\s*\Z")


@dataclass(frozen=True)
class Asset:
    """A file that artefacts load, addressed by its content.

    Attributes:
        name: what we call the file; not part of its address.
        sha256: hash of `content`, in hexadecimal.
        extension: `js`, `css`, `png`, `gif` or `woff2`.
        media_type: what it is served as.
        content: the file's bytes.
    """

    name: str
    sha256: str
    extension: str
    media_type: str
    content: bytes

    @property
    def path(self) -> str:
        """Its address next to its siblings: `<sha256>.<extension>`."""
        return f"{self.sha256}.{self.extension}"


@cache
def assets() -> tuple[Asset, ...]:
    """Return every asset, each after those that it refers to."""
    made: dict[str, Asset] = {}
    for path in sorted(_FOLDER.iterdir(), key=lambda path: (path.suffix == ".css", path.name == _BRIDGE, path.name)):
        extension = path.suffix.removeprefix(".")
        if extension in _MEDIA_TYPES and path.name not in _INLINED:
            made[path.name] = _asset(path.name, extension, _content(path, made))
    return tuple(made.values())


def asset_names() -> tuple[str, ...]:
    """Return the addresses of all assets that an artefact refers to, itself or through a style sheet."""
    return tuple(asset.path for asset in assets())


def own_tags() -> dict[str, str]:
    """Return the tags of the library's template that load something, and ours in their places; the last brings the bridge."""
    paths = {asset.name: asset.path for asset in assets()}
    tags = {tag: "" if name is None else _own_tag(paths[name]) for tag, name in _TAGS.items()}
    last = next(reversed(tags))
    return {**tags, last: f"{tags[last]}\n    {_own_tag(paths[_BRIDGE])}"}


@cache
def bootstrap_icons() -> dict[str, str]:
    """Return the SVG of every Bootstrap icon (1.11.3) by its name."""
    icons: dict[str, str] = json.loads(lzma.decompress((_FOLDER / "bootstrap-icons.json.xz").read_bytes()))
    return icons


def _asset(name: str, extension: str, content: bytes) -> Asset:
    return Asset(name, hashlib.sha256(content).hexdigest(), extension, _MEDIA_TYPES[extension], content)


def _content(path: Path, made: dict[str, Asset]) -> bytes:
    content = path.read_bytes()
    if path.suffix == ".css":
        return _CSS_URL.sub(lambda url: f"url({made[Path(url[1].decode()).name].path})".encode(), content)
    if path.name == "leaflet.js":
        return _SOURCE_MAP.sub(b"", content) + _default_marker()
    if path.name == _BRIDGE:
        return content.replace(f'"{_PICTURE}"'.encode(), f'"{made[_PICTURE].path}"'.encode())
    return _SOURCE_MAP.sub(b"", content)


def _default_marker() -> bytes:
    """Return the script that gives Leaflet its default marker: it cannot guess addresses made of hashes."""
    icons = {
        option: f"data:image/png;base64,{base64.b64encode((_FOLDER / name).read_bytes()).decode()}"
        for option, name in (
            ("iconUrl", "marker-icon.png"),
            ("iconRetinaUrl", "marker-icon-2x.png"),
            ("shadowUrl", "marker-shadow.png"),
        )
    }
    return f"\nL.Icon.Default.imagePath='';L.Icon.Default.mergeOptions({json.dumps(icons)});\n".encode()


def _own_tag(path: str) -> str:
    if path.endswith(".css"):
        return f'<link rel="stylesheet" href="../assets/{path}" />'
    return f'<script src="../assets/{path}"></script>'
