"""Maps are served immutable, as they are stored, and shut in."""

import gzip
import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import httpx2
import pytest
from sqlalchemy import create_engine, text
from tests.api.artefacts.conftest import StoredMap
from tests.api.conftest import API
from tests.waiting import until

from xatra_shared.artifacts.store import open_store

NOBODYS = "0" * 64


def raw(client: httpx2.Client, path: str, method: str = "GET", **headers: str) -> tuple[httpx2.Response, bytes]:
    """Return a response and its body as it came over the wire."""
    with client.stream(method, f"{API}{path}", headers={"Accept-Encoding": "", **headers}) as response:
        return response, b"".join(response.iter_raw())


def test_a_map_is_sent_as_it_is_stored(api: httpx2.Client, stored_map: StoredMap) -> None:
    response, body = raw(api, f"/artefacts/{stored_map.sha256}", **{"Accept-Encoding": "br, gzip;q=0.8"})

    assert body == stored_map.packed
    assert response.headers["content-encoding"] == "gzip"
    assert response.headers["content-length"] == str(len(stored_map.packed))
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert response.headers["vary"] == "Accept-Encoding"
    assert response.headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("accepted", ["", "identity", "gzip;q=0", "gzip; q=0.000, br", "*;q=0", "gzip;q=x", "gzipped"])
def test_a_client_without_gzip_gets_the_page(api: httpx2.Client, stored_map: StoredMap, accepted: str) -> None:
    response, body = raw(api, f"/artefacts/{stored_map.sha256}", **{"Accept-Encoding": accepted})

    assert body == stored_map.page
    assert "content-encoding" not in response.headers


@pytest.mark.parametrize("accepted", ["gzip", "GZIP", "x-gzip", "*", "br;q=1.0, gzip;q=0.1", "identity;q=0, *;q=0.5"])
def test_a_client_with_gzip_gets_it(api: httpx2.Client, stored_map: StoredMap, accepted: str) -> None:
    response, _ = raw(api, f"/artefacts/{stored_map.sha256}", **{"Accept-Encoding": accepted})

    assert response.headers["content-encoding"] == "gzip"


def test_each_form_has_a_strong_tag_of_its_own(api: httpx2.Client, stored_map: StoredMap) -> None:
    path = f"/artefacts/{stored_map.sha256}"
    tags = {
        raw(api, path, **{"Accept-Encoding": "gzip"})[0].headers["etag"],
        raw(api, path)[0].headers["etag"],
        raw(api, f"{path}?download")[0].headers["etag"],
    }

    assert tags == {f'"{stored_map.sha256}{form}"' for form in ("", "-gzip", "-file")}


def test_a_client_that_has_the_map_is_told_so_without_a_look_at_the_store(
    api: httpx2.Client, stored_map: StoredMap, tmp_path: Path
) -> None:
    shutil.rmtree(tmp_path / "store")
    path = f"/artefacts/{stored_map.sha256}"
    for known in ('"%s"', '"%s-gzip"', 'W/"%s-gzip"', '"other", "%s"'):
        tag = known % stored_map.sha256
        for method in ("GET", "HEAD"):
            response, body = raw(api, path, method, **{"If-None-Match": tag})
            assert (response.status_code, body) == (304, b"")
            assert response.headers["etag"] in tag
            assert "immutable" in response.headers["cache-control"]
            assert response.headers["vary"] == "Accept-Encoding"


def test_a_client_that_has_something_else_gets_the_map(api: httpx2.Client, stored_map: StoredMap) -> None:
    path = f"/artefacts/{stored_map.sha256}"
    for known in (f'"{NOBODYS}"', f'"{stored_map.sha256}-file"', stored_map.sha256, '"', "*"):
        assert raw(api, path, **{"If-None-Match": known})[0].status_code == 200


def test_head_tells_what_get_would_send(api: httpx2.Client, stored_map: StoredMap) -> None:
    path = f"/artefacts/{stored_map.sha256}"
    for accepted in ("gzip", ""):
        got, _ = raw(api, path, **{"Accept-Encoding": accepted})
        told, body = raw(api, path, "HEAD", **{"Accept-Encoding": accepted})
        assert body == b""
        for name in ("etag", "content-type", "content-encoding", "content-security-policy", "vary"):
            assert told.headers.get(name) == got.headers.get(name)
    assert raw(api, path, "HEAD", **{"Accept-Encoding": "gzip"})[0].headers["content-length"] == str(
        len(stored_map.packed)
    )


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_map_that_is_not_there_is_a_404(api: httpx2.Client, method: str) -> None:
    response, body = raw(api, f"/artefacts/{NOBODYS}", method)

    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["cache-control"] == "no-store"
    assert method == "HEAD" or b"urn:xatra:problem:artefact-not-found" in body


@pytest.mark.parametrize("name", ["x", NOBODYS[:-1], "A" * 64, "..%2f..%2fetc%2fpasswd", NOBODYS + "%00", "%ff"])
def test_what_is_no_digest_is_no_map(api: httpx2.Client, name: str) -> None:
    assert api.get(f"{API}/artefacts/{name}").status_code in (404, 422)


def test_a_map_is_shut_in(api: httpx2.Client, stored_map: StoredMap) -> None:
    headers = api.get(f"{API}/artefacts/{stored_map.sha256}").headers
    policy = dict(part.strip().partition(" ")[::2] for part in headers["content-security-policy"].split(";"))
    assets_url = f"{str(api.base_url).rstrip('/')}{API}/assets/"

    assert policy["sandbox"] == "allow-scripts allow-popups"
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == f"'unsafe-inline' {assets_url}"
    assert policy["img-src"] == f"https: data: {assets_url}"
    assert policy["font-src"] == f"data: {assets_url}"
    assert policy["media-src"] == "data:"
    assert {"https://nominatim.openstreetmap.org", assets_url} <= set(policy["connect-src"].split())
    assert "'self'" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert "x-frame-options" not in headers
    assert "access-control-allow-origin" not in headers
    assert "set-cookie" not in headers
    assert headers["referrer-policy"] == "no-referrer"


@pytest.fixture
def site(serve: Callable[..., httpx2.Client]) -> httpx2.Client:
    """Return a client of an api whose maps have a site of their own."""
    return serve(artefact_origin="https://maps.example:8443")


AT_SITE = {"Host": "maps.example:8443"}


def test_on_a_site_of_their_own_maps_have_its_origin(site: httpx2.Client, stored_map: StoredMap) -> None:
    response = site.get(f"{API}/artefacts/{stored_map.sha256}", headers=AT_SITE)
    policy = response.headers["content-security-policy"]

    assert response.text.encode() == stored_map.page
    assert policy.startswith("sandbox allow-scripts allow-popups allow-same-origin; default-src 'none'; ")
    assert "script-src 'unsafe-inline' https://maps.example:8443/xatra/api/assets/;" in policy
    assert "127.0.0.1" not in policy
    assert response.headers["referrer-policy"] == "strict-origin"
    assert "set-cookie" not in response.headers


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_map_that_has_a_site_is_served_nowhere_else(site: httpx2.Client, stored_map: StoredMap, method: str) -> None:
    path = f"{API}/artefacts/{stored_map.sha256}"
    response = site.request(method, f"{path}?download=", headers={"If-None-Match": f'"{stored_map.sha256}"'})

    assert response.status_code == 308
    assert response.headers["location"] == f"https://maps.example:8443{path}?download="


@pytest.mark.parametrize(
    "path", ["/", "/healthz/", f"{API}/files", f"{API}/auth/csrf", f"{API}/health", f"{API}/docs", f"{API}/artefacts"]
)
def test_the_site_of_maps_serves_nothing_else(site: httpx2.Client, path: str) -> None:
    assert site.get(path, headers=AT_SITE).status_code == 421
    assert site.post(f"{API}/renders", json={"program": ""}, headers=AT_SITE).status_code == 421


def test_the_site_of_maps_cannot_write_elsewhere(site: httpx2.Client) -> None:
    response = site.put(f"{API}/files?name=a.csv", content=b"a\n", headers={"Origin": "https://maps.example:8443"})

    assert response.json()["type"] == "urn:xatra:problem:foreign-origin"


def test_a_map_that_packs_well_is_unpacked_in_small_steps(api: httpx2.Client, store_url: str) -> None:
    page = b" " * 30_000_000
    sha256 = hashlib.sha256(page).hexdigest()
    open_store(store_url).put_artefact(sha256, gzip.compress(page))

    with api.stream("GET", f"{API}/artefacts/{sha256}", headers={"Accept-Encoding": "identity"}) as response:
        sizes = [len(chunk) for chunk in response.iter_raw()]
    assert sum(sizes) == len(page)
    assert max(sizes) <= 1_000_000


def test_looking_at_a_map_keeps_it_from_retention(
    api: httpx2.Client, stored_map: StoredMap, database_urls: dict[str, str]
) -> None:
    worker, scheduler = (create_engine(database_urls[group]) for group in ("xatra_render_worker", "xatra_scheduler"))
    with worker.begin() as connection:
        connection.execute(
            text("INSERT INTO artefacts (sha256, size_bytes, stored_bytes, asset_names) VALUES (:sha256, 1, 1, '{}')"),
            {"sha256": stored_map.sha256},
        )
    with scheduler.begin() as connection:
        connection.execute(text("UPDATE artefacts SET marked_at = now()"))

    api.get(f"{API}/artefacts/{stored_map.sha256}")

    def is_unmarked() -> bool:
        with scheduler.begin() as connection:
            return connection.execute(text("SELECT marked_at FROM artefacts")).scalar_one() is None

    until(is_unmarked)
    worker.dispose()
    scheduler.dispose()
