"""Tries out a deployment from outside, as a browser would: `smoke.py https://maps.example/xatra/`.

Signs up for an account and deletes it again, unless it is told to sign in to one; what it publishes is private and
stays. Python's standard library alone, so that it runs wherever there is a Python. Exit status 0: everything works.
"""

import argparse
import http.client
import json
import secrets
import socket
import ssl
import sys
import time
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

_TIMEOUT_SECONDS = 60
_RENDER_SECONDS = 300
_FOREIGN = "https://elsewhere.example"
_PROGRAM = 'import xatra\nfrom xatra.loaders import gadm\nxatra.Flag("India", gadm("IND"))\nxatra.TitleBox("{label}")\n'


class FailedError(Exception):
    """The deployment does not do what it should; the text says what it did."""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    def json(self) -> dict[str, Any]:
        """Return the document in the body."""
        document: dict[str, Any] = json.loads(self.body)
        return document


@dataclass(frozen=True)
class Account:
    """Who signs in."""

    username: str
    password: str
    is_ours: bool


class Browser:
    """Sends requests, and keeps cookies."""

    def __init__(self, url: str, account: Account, *, connect_to: tuple[str, int] | None, ca_file: Path | None) -> None:
        self.account = account
        parts = urlsplit(url)
        self._is_secure = parts.scheme == "https"
        self._host = parts.hostname or ""
        self._netloc = parts.netloc
        self.path = parts.path.rstrip("/")
        self.origin = f"{parts.scheme}://{parts.netloc}"
        self._address = connect_to or (self._host, parts.port or (443 if self._is_secure else 80))
        self._context = ssl.create_default_context(cafile=ca_file)
        self._cookies: dict[str, tuple[str, str]] = {}
        self.csrf_token = ""

    def send(self, method: str, path: str, document: object = None, *, headers: dict[str, str] | None = None) -> Answer:
        """Send a request; `path` is below the first page, or begins with a slash."""
        target = path if path.startswith("/") else f"{self.path}/{path}"
        sent = {"Host": self._netloc, "Origin": self.origin, **(headers or {})}
        if cookies := [f"{name}={value}" for name, (value, below) in self._cookies.items() if target.startswith(below)]:
            sent["Cookie"] = "; ".join(cookies)
            sent["X-CSRF-Token"] = self.csrf_token
        body = None if document is None else json.dumps(document)
        if body is not None:
            sent["Content-Type"] = "application/json"
        connection = http.client.HTTPConnection(self._host, timeout=_TIMEOUT_SECONDS)
        connection.sock = self._connect()
        try:
            connection.request(method, target, body, sent)
            response = connection.getresponse()
            answer = Answer(response.status, response.headers, response.read())
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie", []):
            for name, cookie in SimpleCookie(line).items():
                self._cookies[name] = (cookie.value, cookie["path"] or "/")
        return answer

    def _connect(self) -> socket.socket:
        connected = socket.create_connection(self._address, timeout=_TIMEOUT_SECONDS)
        return self._context.wrap_socket(connected, server_hostname=self._host) if self._is_secure else connected


def main() -> None:
    """Try everything in order; end at the first thing that does not work."""
    arguments = _arguments()
    browser = Browser(arguments.url, _account(arguments), connect_to=arguments.connect_to, ca_file=arguments.ca_file)
    for step in (_health, _page, _inside, _preflight, _sign_in, _render, _publish, _explore, _sign_out):
        name = step.__name__.strip("_").replace("_", "-")
        started = time.monotonic()
        try:
            said = step(browser)
        except (FailedError, OSError, http.client.HTTPException, ValueError) as error:
            sys.exit(f"FAILED {name}: {error or type(error).__name__}")
        print(f"ok {name} ({time.monotonic() - started:.1f} s): {said}", flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url", help="the site's first page, such as https://maps.example/xatra/")
    parser.add_argument(
        "--connect-to", type=_address, metavar="HOST:PORT", help="where it is, before its name leads there"
    )
    parser.add_argument("--ca-file", type=Path, help="certificate to trust, such as that of `make certs`")
    parser.add_argument("--username", help="account to sign in to, else a new one is made and deleted")
    parser.add_argument("--password-file", type=Path, help="file with its password")
    return parser.parse_args()


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    return host.strip("[]"), int(port)


def _account(arguments: argparse.Namespace) -> Account:
    if arguments.username:
        password = arguments.password_file.read_text(encoding="utf-8").strip()
        return Account(arguments.username, password, is_ours=False)
    return Account(f"smoke_{secrets.token_hex(6)}", secrets.token_urlsafe(24), is_ours=True)


def _health(browser: Browser) -> str:
    answer = _expect(browser.send("GET", "api/health"), 200)
    return f"{answer.json()['status']}, release {answer.json()['release']}"


def _page(browser: Browser) -> str:
    answer = _expect(browser.send("GET", ""), 200)
    _demand("text/html" in answer.headers.get("Content-Type", ""), "the first page is no page")
    _demand(
        "frame-ancestors 'none'" in answer.headers.get("Content-Security-Policy", ""),
        "the first page has no content security policy",
    )
    if browser.origin.startswith("https:"):
        _demand("Strict-Transport-Security" in answer.headers, "no Strict-Transport-Security")
    return f"{len(answer.body)} bytes"


def _inside(browser: Browser) -> str:
    for path in ("/metrics", "/readyz", f"{browser.path}/metrics", f"{browser.path}/api/metrics"):
        answer = browser.send("GET", path)
        is_told = b"# TYPE" in answer.body or b'"database"' in answer.body
        _demand(not is_told, f"{path} tells strangers what is for the inside alone")
    return "nothing is told of the inside"


def _preflight(browser: Browser) -> str:
    answer = browser.send(
        "OPTIONS", "api/renders", headers={"Origin": _FOREIGN, "Access-Control-Request-Method": "POST"}
    )
    allowed = answer.headers.get("Access-Control-Allow-Origin")
    _demand(allowed is None, f"pages of {_FOREIGN} may write: Access-Control-Allow-Origin is {allowed}")
    _expect(browser.send("POST", "api/renders", {"program": "x = 1"}, headers={"Origin": _FOREIGN}), 403)
    return "pages of other sites may not write"


def _sign_in(browser: Browser) -> str:
    account = browser.account
    credentials = {"username": account.username, "password": account.password}
    browser.csrf_token = _expect(browser.send("GET", "api/auth/csrf"), 200).json()["csrf_token"]
    if account.is_ours:
        answer = _expect(browser.send("POST", "api/auth/signup", credentials), 201)
        browser.csrf_token = answer.json()["csrf_token"]
        _expect(browser.send("POST", "api/auth/logout"), 200, 204)
        browser.csrf_token = _expect(browser.send("GET", "api/auth/csrf"), 200).json()["csrf_token"]
    browser.csrf_token = _expect(browser.send("POST", "api/auth/login", credentials), 200).json()["csrf_token"]
    username = _expect(browser.send("GET", "api/auth/me"), 200).json()["username"]
    return f"as {username}"


def _render(browser: Browser) -> str:
    program = _PROGRAM.format(label=f"Smoke {secrets.token_hex(4)}")
    deadline = time.monotonic() + _RENDER_SECONDS
    answer = _expect(browser.send("POST", "api/renders", {"program": program}, headers={"Prefer": "wait=20"}), 200, 202)
    render = answer.json()
    while render["state"] in {"queued", "running"}:
        _demand(time.monotonic() < deadline, f"the render is still {render['state']} after {_RENDER_SECONDS} s")
        answer = browser.send("GET", f"api/renders/{render['id']}", headers={"Prefer": "wait=20"})
        render = _expect(answer, 200).json()
    _demand(render["state"] == "succeeded", f"the render has {render['state']}: {render['error']}")
    address = urlsplit(render["artefact"]["url"])
    if address.netloc:
        return f"a map of {render['artefact']['size_bytes']} bytes, on {address.netloc}"
    artefact = _expect(browser.send("GET", address.path), 200)
    _demand("sandbox" in artefact.headers.get("Content-Security-Policy", ""), "the map is not shut in")
    return f"a map of {render['artefact']['size_bytes']} bytes"


def _publish(browser: Browser) -> str:
    work = f"api/hub/map/smoke_{secrets.token_hex(6)}"
    draft = {"content": _PROGRAM.format(label="Smoke"), "visibility": "private"}
    saved = _expect(browser.send("PUT", f"{work}/alpha", draft, headers={"If-None-Match": "*"}), 201)
    answer = browser.send("POST", f"{work}/publish", headers={"If-Match": saved.headers["ETag"]})
    version = _expect(answer, 201).json()["version"]
    _expect(browser.send("GET", f"{work}/versions/{version}"), 200)
    return f"{work.removeprefix('api/hub')}, version {version}"


def _explore(browser: Browser) -> str:
    answer = _expect(browser.send("GET", "api/explore?q=smoke"), 200)
    return f"{len(answer.body)} bytes"


def _sign_out(browser: Browser) -> str:
    account = browser.account
    if account.is_ours:
        confirmation = {"username": account.username, "current_password": account.password}
        _expect(browser.send("POST", "api/auth/me/delete", confirmation), 204)
        return f"{account.username} is deleted"
    _expect(browser.send("POST", "api/auth/logout"), 200, 204)
    return f"{account.username} is signed out"


def _expect(answer: Answer, *statuses: int) -> Answer:
    _demand(answer.status in statuses, f"{answer.status} instead of {statuses[0]}: {answer.body[:300]!r}")
    return answer


def _demand(condition: object, sentence: str) -> None:
    if not condition:
        raise FailedError(sentence)


if __name__ == "__main__":
    main()
