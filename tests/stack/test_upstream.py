"""Behind a proxy that does TLS: what it says of clients counts, and what anybody else says does not."""

from collections.abc import Iterator

import httpx2
import pytest
from tests.stack.engine import NEEDS_ENGINE
from tests.stack.site import HOST, Stack, free_port
from tests.waiting import until

pytestmark = list(NEEDS_ENGINE)

_GATEWAY = "172.29.251.1"  # as whom this machine appears
_NEWEST = "SELECT address FROM render_waiters ORDER BY created_at DESC LIMIT 1"


@pytest.fixture(scope="module")
def proxied(stack: Stack) -> Iterator[httpx2.Client]:
    """Have the stack listen for a proxy on this machine, and return what passes for one."""
    port = free_port()
    stack.make("start", "TLS=upstream", f"TRUSTED_PROXIES={_GATEWAY}", f"HTTP_PORT={port}")
    headers = {"Host": HOST, "X-Forwarded-Proto": "https"}
    with httpx2.Client(base_url=f"http://127.0.0.1:{port}/xatra/api", headers=headers, timeout=60) as client:
        until(lambda: client.get("/health").status_code == 200)
        yield client
    stack.make("start")


def newest_address(stack: Stack) -> str:
    """Return the network that the last render was asked for from."""
    query = ("psql", "--username=postgres", "--dbname=xatra", "--tuples-only", "--no-align", f"--command={_NEWEST}")
    return stack.execute("postgres", *query).stdout.strip()


def test_only_the_proxys_own_machine_reaches_the_port(proxied: httpx2.Client, stack: Stack):
    (bound,) = stack.container("traefik")["NetworkSettings"]["Ports"]["8080/tcp"]
    assert bound["HostIp"] == "127.0.0.1"


@pytest.mark.parametrize("forwarded", ["198.51.100.7", "203.0.113.5, 198.51.100.7"])
def test_a_client_is_who_the_proxy_says_it_is(proxied: httpx2.Client, stack: Stack, forwarded: str):
    answer = proxied.post("/renders", json={"program": f"x = '{forwarded}'"}, headers={"X-Forwarded-For": forwarded})
    assert answer.status_code in {200, 202}
    assert newest_address(stack) == "198.51.100.7/32"


def test_cookies_are_for_https_where_the_proxy_speaks_it(proxied: httpx2.Client):
    secure = proxied.get("/auth/csrf").headers["Set-Cookie"]
    plain = proxied.get("/auth/csrf", headers={"X-Forwarded-Proto": "http"}).headers["Set-Cookie"]
    assert "Secure" in secure
    assert "Secure" not in plain


def test_what_others_say_of_themselves_does_not_count(proxied: httpx2.Client, stack: Stack):
    said = ("X-Forwarded-For: 198.51.100.8", "X-Real-IP: 198.51.100.8", "CF-Connecting-IP: 198.51.100.8")
    asked = stack.execute(
        "web-blue", "curl", "--silent", "--fail", "http://traefik:8080/xatra/api/renders", "--data", '{"program": "x = 8"}',
        *(word for line in (f"Host: {HOST}", "Content-Type: application/json", *said) for word in ("--header", line)),
    )  # fmt: skip
    assert asked.returncode == 0, asked.stderr
    (web,) = stack.container("web-blue")["NetworkSettings"]["Networks"].values()
    assert newest_address(stack) == f"{web['IPAddress']}/32"
