"""The application as a whole: its documents, where it lies, and who may call it from a browser."""

from collections import defaultdict
from collections.abc import Callable
from html.parser import HTMLParser

import httpx2
import pytest
from tests.api.conftest import API

FRIEND = "https://friend.example"


def test_the_openapi_document_tells_of_every_address_and_of_problems(api: httpx2.Client) -> None:
    document = api.get(f"{API}/openapi.json").json()

    assert {path.split("/")[3] for path in document["paths"]} >= {
        "artefacts",
        "assets",
        "files",
        "health",
        "renders",
    }
    for methods in document["paths"].values():
        for operation in methods.values():
            assert operation["responses"]["4XX"]["content"] == {
                "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
            }
    assert document["components"]["schemas"]["Problem"]["required"] == ["type", "title", "status"]
    assert "HTTPValidationError" not in document["components"]["schemas"]


def test_what_is_for_the_inside_is_not_documented(api: httpx2.Client) -> None:
    assert not {"/metrics", "/healthz", "/readyz"} & api.get(f"{API}/openapi.json").json()["paths"].keys()


def test_the_docs_page_shows_every_address_and_loads_nothing(api: httpx2.Client) -> None:
    response = api.get(f"{API}/docs")
    loaded: list[str] = []

    class Loads(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            loaded.extend([tag] if tag in {"script", "link", "img", "iframe"} else [])
            assert not {name for name, _ in attrs} & {"src", "onclick", "style"}

    Loads(convert_charrefs=True).feed(response.text)
    assert loaded == []
    assert response.headers["content-security-policy"].startswith("default-src 'none'; style-src 'sha256-")
    for path in api.get(f"{API}/openapi.json").json()["paths"]:
        assert path in response.text


@pytest.mark.parametrize("base_path", ["", "/maps/of/ours"])
def test_the_api_lies_below_its_base_path(serve: Callable[..., httpx2.Client], base_path: str) -> None:
    api = serve(base_path=base_path)

    assert api.get(f"{base_path}/api/files").status_code == 200
    assert api.get("/xatra/api/files").status_code == 404
    assert api.put(f"{base_path}/api/files?name=a.csv", content=b"a\n1\n").status_code == 201


def test_pages_of_listed_origins_may_call_and_read(serve: Callable[..., httpx2.Client]) -> None:
    api = serve(cors_origins=[FRIEND])
    asked = {
        "Origin": FRIEND,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "x-csrf-token",
    }
    allowed = api.options(f"{API}/renders", headers=asked)

    assert allowed.status_code == 200
    assert allowed.headers["access-control-allow-origin"] == FRIEND
    assert "POST" in allowed.headers["access-control-allow-methods"]
    answer = api.get(f"{API}/files", headers={"Origin": FRIEND})
    assert answer.headers["access-control-allow-origin"] == FRIEND
    assert answer.headers["vary"] == "Origin"
    assert api.put(f"{API}/files?name=a.csv", content=b"a\n1\n", headers={"Origin": FRIEND}).status_code == 201


@pytest.mark.parametrize(
    "origin", ["null", "https://evil.example", "https://friend.example.evil", "http://friend.example"]
)
def test_no_other_page_is_answered(serve: Callable[..., httpx2.Client], origin: str) -> None:
    for api in (serve(cors_origins=[FRIEND]), serve()):
        asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
        assert "access-control-allow-origin" not in api.options(f"{API}/renders", headers=asked).headers
        assert "access-control-allow-origin" not in api.get(f"{API}/files", headers={"Origin": origin}).headers
        refused = api.put(f"{API}/files?name=a.csv", content=b"a\n1\n", headers={"Origin": origin})
        assert refused.json()["type"] == "urn:xatra:problem:foreign-origin"


@pytest.mark.parametrize("cors_origins", [[], [FRIEND]])
def test_no_address_but_assets_answers_a_page_without_an_origin(
    serve: Callable[..., httpx2.Client], cors_origins: list[str]
) -> None:
    api = serve(cors_origins=cors_origins)
    paths = api.get(f"{API}/openapi.json").json()["paths"]
    for path in (*paths, f"{API}/docs", f"{API}/openapi.json", "/healthz", "/readyz", "/metrics", "/nothing"):
        filled = path.format_map(
            defaultdict(lambda: "x", {"render_id": "0" * 32, "sha256": "0" * 64, "name": f"{'0' * 64}.js"})
        )
        for method in ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"):
            answer = api.request(method, filled, headers={"Origin": "null", "If-None-Match": f'"{"0" * 64}"'})
            assert answer.headers.get("access-control-allow-origin") in ({None, "*"} if "/assets/" in path else {None})
            assert answer.status_code >= 400 or method not in {"POST", "PUT", "PATCH", "DELETE"}


def test_every_address_but_maps_refuses_to_be_framed(api: httpx2.Client) -> None:
    for path in (
        f"{API}/docs",
        f"{API}/openapi.json",
        f"{API}/files",
        f"{API}/health",
        f"{API}/artefacts/x",
        "/nothing",
    ):
        headers = api.get(path).headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_a_refused_request_has_the_headers_of_all_others(api: httpx2.Client) -> None:
    response = api.get(f"{API}/files", headers={"Host": "evil.example", "X-Request-ID": "request-1"})

    assert response.status_code == 421
    assert response.headers["x-request-id"] == "request-1"
    assert response.headers["x-content-type-options"] == "nosniff"
