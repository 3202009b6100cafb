"""A downloaded map is one file that needs nothing of ours."""

import asyncio
import gzip
import hashlib
from collections.abc import AsyncIterator

import httpx2
import pytest
from tests.api.artefacts.conftest import StoredMap, page_with
from tests.api.conftest import API

from xatra_api.artefacts.standalone import standalone
from xatra_render_worker.renderer.assets import assets
from xatra_shared.artifacts.store import ObjectMissing, open_store

STORED = {asset.path: asset.content for asset in assets()}
PICTURE = next(asset.path for asset in assets() if asset.name == "picture.js")
SCRIPT, STYLE = f"{'1' * 64}.js", f"{'2' * 64}.css"


async def read_asset(name: str) -> bytes:
    if name not in STORED:
        raise ObjectMissing
    return STORED[name]


def one_file(page: bytes, *, step: int = 100_000, **own_assets: bytes) -> bytes:
    async def parts() -> AsyncIterator[bytes]:
        for start in range(0, len(page), step):
            yield page[start : start + step]

    async def read(name: str) -> bytes:
        return own_assets.get(name.rpartition(".")[2]) or await read_asset(name)

    async def collect() -> bytes:
        return b"".join([part async for part in standalone(parts(), read)])

    return asyncio.run(collect())


def test_a_download_is_an_attachment_that_loads_nothing_from_us(api: httpx2.Client, stored_map: StoredMap) -> None:
    response = api.get(f"{API}/artefacts/{stored_map.sha256}", params={"download": ""})

    assert response.headers["content-disposition"] == f'attachment; filename="map-{stored_map.sha256[:8]}.html"'
    assert b"../assets/" not in response.content
    assert b"url(data:font/woff2;base64," in response.content
    assert response.content.endswith(stored_map.page[-1_000_000:])


@pytest.mark.parametrize(
    ("wish", "name"),
    [
        ("two_kingdoms-v2.1", "two_kingdoms-v2.1"),
        ("", None),
        ("..", None),
        ('x"; filename="evil.exe', None),
        ("a/b", None),
        ("x\r\ny", None),
        ("x" * 101, None),
    ],
)
def test_a_download_has_the_name_that_is_wished_for_if_it_is_a_plain_one(
    wish: str, name: str | None, api: httpx2.Client, stored_map: StoredMap
) -> None:
    response = api.get(f"{API}/artefacts/{stored_map.sha256}", params={"download": wish})

    expected = name or f"map-{stored_map.sha256[:8]}"
    assert response.headers["content-disposition"] == f'attachment; filename="{expected}.html"'


def test_every_asset_is_put_in() -> None:
    page = one_file(page_with(b"{}"))

    assert page.count(b"<style>") == 1 + sum(name.endswith(".css") for name in STORED)
    assert page.count(b"<script>") == 5
    assert page.count(b"url(data:font/woff2;base64,") == sum(name.endswith(".woff2") for name in STORED)
    for name, content in STORED.items():
        if name == PICTURE:  # a page that opens from disk has nobody around it to ask for one
            continue
        assert name.encode() not in page
        if name.endswith(".js"):
            assert content[:2000] in page


@pytest.mark.parametrize("step", [1, 7, 1000, 10_000_000])
def test_it_does_not_matter_how_the_page_comes(step: int) -> None:
    page = page_with(b"{}")[-2000:] if step < 1000 else page_with(b"{}")

    assert one_file(page, step=step) == one_file(page)


def test_the_payload_is_left_alone() -> None:
    payload = f'{{"label": "<script src=\\"../assets/{SCRIPT}\\"></script>"}}'.encode()

    assert payload in one_file(page_with(payload), js=b"x")


def test_an_asset_cannot_end_its_own_element() -> None:
    page = b'<link rel="stylesheet" href="../assets/%s" /><script src="../assets/%s"></script>const payload = {}' % (
        STYLE.encode(),
        SCRIPT.encode(),
    )
    made = one_file(page, js=b"a='</script><!--<SCRIPT>'", css=b"a{content:'</style>'}")

    assert made == (
        b"<style>a{content:'<\\/style>'}</style>"
        b"<script>a='\\x3C/script>\\x3C!--\\x3CSCRIPT>'</script>const payload = {}"
    )


def test_tags_of_an_author_s_own_for_assets_that_we_lack_stay() -> None:
    tag = b'<script src="../assets/%s"></script>' % SCRIPT.encode()

    assert tag in one_file(page_with(b"{}", style=b"</style>" + tag))


def test_an_author_cannot_blow_a_file_up() -> None:
    tags = b'<script src="../assets/%s"></script>' % SCRIPT.encode() * 1000

    assert len(one_file(tags + b"const payload = {}", js=b"x" * 100_000)) < 5_000_000


def test_a_page_without_a_payload_passes_too(api: httpx2.Client, store_url: str) -> None:
    page = b"<p>short</p>"
    sha256 = hashlib.sha256(page).hexdigest()
    open_store(store_url).put_artefact(sha256, gzip.compress(page))

    assert api.get(f"{API}/artefacts/{sha256}?download").content == page
    assert one_file(b"x" * 10_000_000) == b"x" * 10_000_000
