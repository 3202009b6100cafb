"""A map that loads real assets, in a store of the test's own."""

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path

import pytest

from xatra_render_worker.renderer.assets import assets
from xatra_shared.artifacts.store import open_store


@dataclass(frozen=True)
class StoredMap:
    """A map in the store: its page, the page as stored, and the page's digest."""

    page: bytes
    packed: bytes
    sha256: str


def page_with(payload: bytes, *, style: bytes = b"") -> bytes:
    """Return a page of the form that the render worker makes."""
    tags = {asset.name: _tag(asset.path) for asset in assets() if asset.extension in ("css", "js")}
    styles = "\n".join(tag for name, tag in tags.items() if name.endswith(".css"))
    # Plugins come after what they plug into.
    scripts = "\n".join(tags[name] for name in ("leaflet.js", "control-geocoder.js", "leaflet-search.js", "bridge.js"))
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'>{styles}\n<style>".encode()
        + style
        + f"</style></head><body><div id='map'></div>{scripts}\n<script>\n      const payload = ".encode()
        + payload
        + b";\nL.map('map').setView([25.6, 85.1], 5);document.title = 'drawn';</script></body></html>"
    )


def _tag(path: str) -> str:
    if path.endswith(".css"):
        return f'<link rel="stylesheet" href="../assets/{path}" />'
    return f'<script src="../assets/{path}"></script>'


@pytest.fixture
def store_url(tmp_path: Path) -> str:
    """Return the URL of an empty store."""
    return f"file://{tmp_path}/store"


@pytest.fixture
def stored_map(store_url: str) -> StoredMap:
    store = open_store(store_url)
    for asset in assets():
        store.put_asset(asset.path, asset.content)
    page = page_with(b'{"flags": [%s]}' % b", ".join(b'"%06d"' % number for number in range(200_000)))
    stored = StoredMap(page, gzip.compress(page, compresslevel=1), hashlib.sha256(page).hexdigest())
    store.put_artefact(stored.sha256, stored.packed)
    return stored
