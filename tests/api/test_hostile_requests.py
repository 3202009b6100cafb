"""Whatever is sent to any address, the answer is a problem that the client can act on, never a 500."""

import json
import socket
from collections import defaultdict
from collections.abc import Iterator
from itertools import product
from typing import Any
from urllib.parse import quote, urlsplit

import httpx2
import pytest
from tests.api.conftest import API

JSON = {"Content-Type": "application/json"}
BODIES = {
    "empty": b"",
    "no JSON": b"{",
    "trailing": b"{} {}",
    "no UTF-8": b'{"program": "\xff\xfe"}',
    "UTF-16": '{"program": 1}'.encode("utf-16"),
    "lone surrogate": b'{"program": "\\ud800", "files": {"\\udfff": "\\ud800"}}',
    "surrogate key": b'{"\\ud800": 1}',
    "NUL": b'{"program": "\\u0000", "files": {"a\\u0000.csv": "b"}}',
    "NaN": b'{"program": NaN, "files": {"a": Infinity}}',
    "huge number": b'{"program": %s}' % (b"9" * 5000),
    "huge exponent": b'{"program": 1e999999}',
    "deep": b"[" * 100_000 + b"]" * 100_000,
    "deep object": b'{"files":' * 50_000 + b"1" + b"}" * 50_000,
    "wrong types": b'{"program": {}, "files": []}',
    "list": b"[]",
    "null": b"null",
    "string": b'"program"',
    "number": b"1",
    "unknown member": b'{"program": "", "__class__": "x"}',
    "same member twice": b'{"program": 1, "program": 2}',
    "many members": json.dumps({"files": {f"f{number}": "x" for number in range(20_000)}}).encode(),
    "wide": json.dumps({"program": 1, **{f"x{number}": 1 for number in range(20_000)}}).encode(),
}
VALUES = [
    "",
    " ",
    ".",
    "..",
    "%",
    "%00",
    "a" * 4000,
    "\u202e",
    "'; DROP TABLE files; --",
    "{{7*7}}",
    "-1",
    "1e9",
    "/",
    "\\",
]
TARGETS = [
    f"{API}/files?name=%ff",
    f"{API}/files?name",
    f"{API}/files?name=a&name=b",
    f"{API}/files/%2e%2e/%2e%2e/etc/passwd",
    f"{API}/../../etc/passwd",
    f"{API}//files",
    f"{API}/files/",
    "/",
    "//",
    "/xatra",
    "/%00",
    "/%ff",
    "/xatra/api/renders/" + "0" * 60_000,
    "*",
    "http://evil.example/xatra/api/files",
]
FILLED = {"render_id": "0" * 32, "sha256": "0" * 64, "kind": "map", "report_id": "1", "draft_id": "current"}
HEADERS = [
    b"Content-Length: -1",
    b"Content-Length: 99999999999999999999999",
    b"Content-Length: 2\r\nContent-Length: 3",
    b"Content-Length: 2\r\nTransfer-Encoding: chunked",
    b"Transfer-Encoding: gzip",
    b"Content-Length: 2\r\nContent-Type: application/json; charset=\xff",
    b"Content-Length: 2\r\nContent-Type: application/json\r\nContent-Type: text/plain",
    b"Content-Length: 2\r\nCookie: xatra_guest=" + b"v1." * 1000,
    b"Content-Length: 2\r\nCookie: =; ;; \xff=\xfe",
    b"Content-Length: 2\r\nOrigin: null",
    b"Content-Length: 2\r\nOrigin: \xff",
    b"Content-Length: 2\r\nSec-Fetch-Site: cross-site",
    b"Content-Length: 2\r\nX-Request-ID: \xff\xfe",
    b"Content-Length: 2\r\nContent-Encoding: gzip\r\nContent-Type: application/json",
]


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield all but the one address that says by its own schema how the service fares."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if path != f"{API}/health":
                yield path, method.upper(), operation


def assert_answered_well(response: httpx2.Response) -> None:
    request = f"{response.request.method} {response.request.url}"[:200]
    if response.status_code < 400:
        return
    media_type = response.headers["content-type"]
    if media_type == "text/html; charset=utf-8" and f"{API}/embed/" in request and response.status_code < 500:
        return  # for people, on other sites' pages
    assert media_type == "application/problem+json", request
    problem = response.json()
    assert problem["status"] == response.status_code
    assert problem["type"].startswith("urn:xatra:problem:")
    never = response.status_code == 501
    assert response.status_code < 500 or never or "retry-after" in response.headers, (request, problem)


@pytest.fixture
def document(api: httpx2.Client) -> dict[str, Any]:
    found: dict[str, Any] = api.get(f"{API}/openapi.json").json()
    return found


def test_hostile_bodies(api: httpx2.Client, document: dict[str, Any]) -> None:
    for path, method, _ in operations(document):
        if method in ("POST", "PUT", "PATCH", "DELETE"):
            for name, body in BODIES.items():
                filled = path.format_map(defaultdict(lambda: "x", FILLED))
                response = api.request(method, filled, content=body, headers=JSON, params={"name": "a.csv"})
                assert_answered_well(response)
                assert response.status_code >= 400, (path, name)


def test_what_was_sent_is_not_sent_back(api: httpx2.Client) -> None:
    response = api.post(f"{API}/renders", content=b'{"program": ["a secret"], "other": "a secret"}', headers=JSON)

    assert response.status_code == 422
    assert response.json()["type"] == "urn:xatra:problem:invalid-request"
    assert "a secret" not in response.text
    assert {"body.program", "body.other"} == {error["field"] for error in response.json()["errors"]}


def test_hostile_parameters(api: httpx2.Client, document: dict[str, Any]) -> None:
    for path, method, operation in operations(document):
        names = [(entry["in"], entry["name"]) for entry in operation.get("parameters", [])]
        for value in VALUES:
            encoded = quote(value, safe="")
            filled = path.format_map({name: encoded or "x" for where, name in names if where == "path"})
            query = {name: value for where, name in names if where == "query"}
            headers = {name: value.encode() for where, name in names if where == "header" and value != "%00"}
            if not value.strip():  # no header can hold it
                headers = {}
            assert_answered_well(api.request(method, filled, params=query, headers=headers))


def test_hostile_request_lines(api: httpx2.Client) -> None:
    for method, target in product(("GET", "PUT", "OPTIONS", "TRACE", "QUERY", "BREW"), TARGETS):
        request = f"{method} {target} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"
        status, body = exchange(api, request.encode())
        assert status < 500, (method, target)
        if status >= 400 and body.startswith(b"{"):
            assert json.loads(body)["status"] == status


def test_hostile_headers(api: httpx2.Client) -> None:
    for headers in HEADERS:
        request = b"POST %s/renders HTTP/1.1\r\nHost: localhost\r\n%s\r\n\r\n{}" % (API.encode(), headers)
        status, _ = exchange(api, request)
        assert 400 <= status < 500, headers


def test_the_service_still_answers_afterwards(api: httpx2.Client) -> None:
    for body in BODIES.values():
        api.post(f"{API}/renders", content=body, headers=JSON)

    assert api.get("/healthz").status_code == 200


def exchange(client: httpx2.Client, request: bytes) -> tuple[int, bytes]:
    """Send bytes as they are; return the status and the body of what comes back."""
    parts = urlsplit(str(client.base_url))
    with socket.create_connection((parts.hostname, parts.port), timeout=10) as connection:
        connection.sendall(request)
        answer = connection.recv(65536)
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), body
