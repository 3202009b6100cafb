"""Assets: for any page, forever, and never more than what maps load."""

import httpx2
import pytest
from tests.api.artefacts.conftest import StoredMap
from tests.api.conftest import API

from xatra_render_worker.renderer.assets import assets
from xatra_shared.artifacts.store import open_store


def test_every_asset_of_a_map_is_served_as_what_it_is(api: httpx2.Client, stored_map: StoredMap) -> None:
    for asset in assets():
        response = api.get(f"{API}/assets/{asset.path}")
        assert response.content == asset.content
        assert response.headers["content-type"].partition(";")[0] == asset.media_type
        assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert response.headers["access-control-allow-origin"] == "*"
        assert response.headers["cross-origin-resource-policy"] == "cross-origin"
        assert response.headers["x-content-type-options"] == "nosniff"
        assert "set-cookie" not in response.headers
        assert response.headers["etag"] == f'"{asset.sha256}"'


def test_a_client_that_has_an_asset_is_told_so(api: httpx2.Client) -> None:
    name = "a" * 64
    response = api.get(f"{API}/assets/{name}.js", headers={"If-None-Match": f'"{name}"'})

    assert response.status_code == 304
    assert response.headers["access-control-allow-origin"] == "*"


def test_head_of_an_asset_has_its_size(api: httpx2.Client, stored_map: StoredMap) -> None:
    asset = assets()[0]

    assert api.head(f"{API}/assets/{asset.path}").headers["content-length"] == str(len(asset.content))


@pytest.mark.parametrize("extension", ["html", "svg", "xml", "js2"])
def test_only_the_types_that_maps_load_are_served(api: httpx2.Client, store_url: str, extension: str) -> None:
    name = f"{'b' * 64}.{extension}"
    open_store(store_url).put_asset(name, b"<script>alert(1)</script>")

    response = api.get(f"{API}/assets/{name}")
    assert response.status_code == 404
    assert response.json()["type"] == "urn:xatra:problem:asset-not-found"


def test_an_asset_that_is_not_there_is_a_404(api: httpx2.Client) -> None:
    assert api.get(f"{API}/assets/{'c' * 64}.css").json()["type"] == "urn:xatra:problem:asset-not-found"
    assert api.get(f"{API}/assets/leaflet.js").status_code == 422
