"""Request ids, the access log, and exceptions that nobody foresaw."""

import socket
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest
import structlog
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from tests.shared.http.serving import serving
from tests.waiting import until

from xatra_shared.http.requests import RequestLog


async def size(request: Request) -> Response:
    structlog.get_logger().info("inside")
    return PlainTextResponse(str(len(await request.body())))


async def sign_in(request: Request) -> Response:
    request.state.user_id = 17
    return Response()


async def fail(_request: Request) -> Response:
    raise RuntimeError("the password is hunter2")


@pytest.fixture
def logs() -> Iterator[list[Any]]:
    with structlog.testing.capture_logs(processors=[structlog.contextvars.merge_contextvars]) as entries:
        yield entries


@pytest.fixture
def client(logs: list[Any]) -> Iterator[httpx2.Client]:
    app = Starlette(
        routes=[
            Route("/things/{name}", size, methods=["GET", "PUT"]),
            Route("/fail", fail),
            Route("/own", sign_in),
            Route("/healthz", lambda _request: Response()),
        ],
        middleware=[Middleware(RequestLog, silent_paths=["/healthz"])],
    )
    with serving(app) as url, httpx2.Client(base_url=url, timeout=10) as client:
        yield client


def test_a_well_formed_request_id_is_kept(client: httpx2.Client, logs: list[Any]) -> None:
    response = client.get("/things/a", headers={"X-Request-ID": "abc-123.XYZ"})

    assert response.headers["x-request-id"] == "abc-123.XYZ"
    assert {entry["request_id"] for entry in logs} == {"abc-123.XYZ"}


@pytest.mark.parametrize("given", ["", "short", "x" * 65, "has space in it", 'quote"quote', "<script>alert</script>"])
def test_an_ill_formed_request_id_is_replaced(client: httpx2.Client, given: str) -> None:
    made = client.get("/things/a", headers={"X-Request-ID": given}).headers["x-request-id"]

    assert len(made) == 32
    assert made != client.get("/things/a").headers["x-request-id"]


def test_a_request_is_one_line_with_the_route_and_not_the_address(client: httpx2.Client, logs: list[Any]) -> None:
    client.get("/things/secret")

    line = next(entry for entry in logs if entry["event"] == "request")
    assert (line["method"], line["route"], line["status"]) == ("GET", "/things/{name}", 200)
    assert line["milliseconds"] >= 0
    assert "secret" not in str(line)


def test_the_line_of_a_request_names_its_user_and_no_other(client: httpx2.Client, logs: list[Any]) -> None:
    client.get("/own")
    client.get("/things/a")

    assert [entry.get("user") for entry in logs if entry["event"] == "request"] == [17, None]


def test_health_probes_are_not_logged(client: httpx2.Client, logs: list[Any]) -> None:
    client.get("/healthz")

    assert not logs


def test_an_exception_is_logged_and_told_to_nobody(client: httpx2.Client, logs: list[Any]) -> None:
    response = client.get("/fail")

    assert response.status_code == 500
    assert response.json() == {
        "type": "urn:xatra:problem:internal-error",
        "title": "Something went wrong on our side",
        "status": 500,
    }
    assert response.headers["x-request-id"]
    assert [entry["event"] for entry in logs] == ["unforeseen exception", "request"]


def test_a_client_that_leaves_is_no_error_of_ours(client: httpx2.Client, logs: list[Any]) -> None:
    parts = urlsplit(str(client.base_url))
    with socket.create_connection((parts.hostname, parts.port)) as connection:
        connection.sendall(b"PUT /things/a HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf")

    until(lambda: any(entry["event"] == "request" for entry in logs))
    assert [(entry["log_level"], entry.get("status")) for entry in logs if entry["event"] != "inside"] == [
        ("info", 499)
    ]
