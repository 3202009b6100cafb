"""Guards: what a request must look like, and what every response carries."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from urllib.parse import urlsplit

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from tests.shared.http.serving import serving

from xatra_shared.http.guards import BodyRule, HostGuard, SecurityHeaders, WriteGuard
from xatra_shared.http.problems import install_problem_handlers


async def echo_size(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


async def framed(_request: Request) -> Response:
    return PlainTextResponse("", headers={"Content-Security-Policy": "sandbox", "Cache-Control": "public"})


async def stream(_request: Request) -> Response:
    async def parts() -> AsyncIterator[str]:
        yield "first"
        await asyncio.sleep(60)

    return StreamingResponse(parts())


@pytest.fixture(scope="module")
def client() -> Iterator[httpx2.Client]:
    app = Starlette(
        routes=[
            Route("/", echo_size, methods=["GET", "POST", "PUT", "DELETE"]),
            Route("/raw", echo_size, methods=["PUT"]),
            Route("/of/{name:path}", echo_size, methods=["PUT"]),
            Route("/inside", echo_size),
            Route("/framed", framed),
            Route("/stream", stream),
        ],
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(
                HostGuard,
                allowed_hosts=["127.0.0.1", "maps.example", "[::1]"],
                exempt_paths=["/inside"],
                limited_hosts={"narrow.example": ("/framed",)},
            ),
            Middleware(
                WriteGuard,
                allowed_origins=["https://friend.example"],
                default_rule=BodyRule(100),
                body_rules={"/raw": BodyRule(200, media_types=None), "/of/{name}/raw": BodyRule(150)},
            ),
        ],
    )
    install_problem_handlers(app)
    with serving(app) as url, httpx2.Client(base_url=url, timeout=10) as client:
        yield client


def kind(response: httpx2.Response) -> str:
    assert response.headers["content-type"] == "application/problem+json"
    return str(response.json()["type"]).removeprefix("urn:xatra:problem:")


def exchange(client: httpx2.Client, request: bytes) -> bytes:
    """Send bytes as they are, and return the first of what comes back."""
    parts = urlsplit(str(client.base_url))
    with socket.create_connection((parts.hostname, parts.port), timeout=10) as connection:
        connection.sendall(request)
        return connection.recv(65536)


@pytest.mark.parametrize("host", ["maps.example", "MAPS.example", "maps.example:8080", "[::1]:80"])
def test_our_hosts_are_served_on_any_port(client: httpx2.Client, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "maps.example.evil.example", "maps.example@evil", "maps.example:x", "", "maps.example;a"]
)
def test_another_host_is_answered_with_421(client: httpx2.Client, host: str) -> None:
    response = client.get("/", headers={"Host": host})

    assert response.status_code == 421
    assert kind(response) == "misdirected-request"


def test_a_limited_host_serves_its_paths_alone(client: httpx2.Client) -> None:
    for host in ("narrow.example", "Narrow.Example:8080"):
        assert client.get("/framed", headers={"Host": host}).status_code == 200
        for path in ("/", "/raw", "/fram", "/x/framed"):
            assert client.get(path, headers={"Host": host}).status_code == 421
    assert client.get("/framed", headers={"Host": "a.narrow.example"}).status_code == 421


def test_two_hosts_or_none_are_refused(client: httpx2.Client) -> None:
    for request in (b"GET / HTTP/1.1\r\nHost: maps.example\r\nHost: evil\r\n\r\n", b"GET / HTTP/1.0\r\n\r\n"):
        assert exchange(client, request).split()[1] in (b"400", b"421")


def test_inside_paths_are_served_under_any_name(client: httpx2.Client) -> None:
    assert client.get("/inside", headers={"Host": "10.1.2.3:8000"}).status_code == 200


@pytest.mark.parametrize("content_type", ["application/json", "Application/JSON; charset=utf-8"])
def test_json_bodies_are_taken(client: httpx2.Client, content_type: str) -> None:
    assert client.post("/", content=b"{}", headers={"Content-Type": content_type}).text == "2"


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_other_bodies_are_not(client: httpx2.Client, method: str, content_type: str) -> None:
    response = client.request(method, "/", content=b"{}", headers={"Content-Type": content_type})

    assert response.status_code == 415
    assert kind(response) == "unsupported-media-type"


def test_a_body_without_a_length_needs_its_type_too(client: httpx2.Client) -> None:
    assert client.post("/", content=iter([b"{}"])).status_code == 415


def test_a_write_without_a_body_needs_no_type(client: httpx2.Client) -> None:
    assert client.delete("/").status_code == 200
    assert client.post("/").status_code == 200


def test_a_path_may_take_any_type_and_more_bytes(client: httpx2.Client) -> None:
    assert client.put("/raw", content=b"x" * 200, headers={"Content-Type": "audio/ogg"}).text == "200"
    assert client.put("/raw", content=b"x" * 201).status_code == 413


def test_paths_that_differ_in_a_name_have_one_rule(client: httpx2.Client) -> None:
    headers = {"Content-Type": "application/json"}
    assert client.put("/of/any.name/raw", content=b"x" * 150, headers=headers).text == "150"
    assert client.put("/of/any.name/raw", content=b"x" * 151, headers=headers).status_code == 413
    for path in ("/of/a/b/raw", "/of//raw", "/of/a/raw/", "/of/a"):
        assert client.put(path, content=b"x" * 150, headers=headers).status_code == 413


def test_a_body_may_be_as_long_as_the_limit_and_no_longer(client: httpx2.Client) -> None:
    headers = {"Content-Type": "application/json"}
    assert client.post("/", content=b"x" * 100, headers=headers).text == "100"

    response = client.post("/", content=b"x" * 101, headers=headers)
    assert response.status_code == 413
    assert kind(response) == "content-too-large"
    assert response.json()["max_bytes"] == 100


def test_a_body_without_a_length_is_cut_off_at_the_limit(client: httpx2.Client) -> None:
    headers = {"Content-Type": "application/json"}
    assert client.post("/", content=iter([b"x" * 60, b"x" * 40]), headers=headers).text == "100"

    assert kind(client.post("/", content=iter([b"x" * 60, b"x" * 41]), headers=headers)) == "content-too-large"


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1", "https://friend.example.evil"])
def test_a_foreign_page_cannot_write(client: httpx2.Client, origin: str) -> None:
    response = client.delete("/", headers={"Origin": origin})

    assert response.status_code == 403
    assert kind(response) == "foreign-origin"
    assert client.get("/", headers={"Origin": origin}).status_code == 200


def test_our_own_pages_and_friends_can_write(client: httpx2.Client) -> None:
    own = str(client.base_url).rstrip("/")
    assert client.delete("/", headers={"Origin": own, "Sec-Fetch-Site": "same-origin"}).status_code == 200
    friend = {"Origin": "https://friend.example", "Sec-Fetch-Site": "cross-site"}
    assert client.delete("/", headers=friend).status_code == 200


def test_a_cross_site_write_without_an_origin_is_refused(client: httpx2.Client) -> None:
    assert kind(client.delete("/", headers={"Sec-Fetch-Site": "cross-site"})) == "foreign-origin"


def test_two_origins_are_refused(client: httpx2.Client) -> None:
    headers = [("Origin", "https://friend.example"), ("Origin", "https://evil.example")]
    assert client.delete("/", headers=headers).status_code == 403


@pytest.mark.parametrize(("path", "host"), [("/", "127.0.0.1"), ("/nothing", "127.0.0.1"), ("/", "evil.example")])
def test_every_response_is_neither_sniffed_framed_kept_nor_leaked(client: httpx2.Client, path: str, host: str) -> None:
    headers = client.get(path, headers={"Host": host}).headers

    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"
    assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"


def test_a_route_with_its_own_policy_decides_who_frames_and_keeps_it(client: httpx2.Client) -> None:
    headers = client.get("/framed").headers

    assert headers["content-security-policy"] == "sandbox"
    assert headers["cache-control"] == "public"
    assert "x-frame-options" not in headers


def test_a_stream_passes_as_it_comes(client: httpx2.Client) -> None:
    with client.stream("GET", "/stream") as response:
        assert next(response.iter_text()) == "first"
