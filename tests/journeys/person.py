"""Somebody in front of a browser, on the whole service: keeps cookies, proves writes, waits for maps."""

import json
from typing import Any, Self

import httpx2

PASSWORD = "seven lamps by the river"


class Person:
    """A browser of one person.

    Attributes:
        client: Sends requests to addresses below `/xatra/api/`.
    """

    def __init__(self, api_url: str) -> None:
        self.client = httpx2.Client(base_url=api_url, timeout=60)
        self._csrf_token = self.client.get("auth/csrf").json()["csrf_token"]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()

    def get(self, path: str, **headers: str) -> httpx2.Response:
        return self.client.get(path, headers=headers)

    def read(self, path: str) -> Any:  # noqa: ANN401 - whatever the address answers
        """Return the JSON at an address that has to be there."""
        answer = self.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def write(self, method: str, path: str, body: object = None, **headers: str) -> httpx2.Response:
        answer = self.client.request(
            method, path, json=body, headers={"X-CSRF-Token": self._csrf_token, **_header_names(headers)}
        )
        if answer.headers.get("content-type") == "application/json":
            content = json.loads(answer.content or "null")
            if isinstance(content, dict):
                self._csrf_token = content.get("csrf_token", self._csrf_token)
        return answer

    def do(self, method: str, path: str, body: object = None, **headers: str) -> Any:  # noqa: ANN401 - as `read`
        """Write what has to be accepted, and return the answer's JSON."""
        answer = self.write(method, path, body, **headers)
        assert answer.status_code < 300, answer.text
        return answer.json() if answer.content else None

    def sign_up(self, username: str) -> None:
        self.do("POST", "auth/signup", {"username": username, "password": PASSWORD})

    def sign_in(self, username: str, password: str = PASSWORD) -> None:
        self.do("POST", "auth/login", {"username": username, "password": password})

    def upload(self, name: str, content: bytes) -> str:
        """Upload a file and return its digest."""
        answer = self.client.put(
            "files", params={"name": name}, content=content, headers={"X-CSRF-Token": self._csrf_token}
        )
        assert answer.status_code in {200, 201}, answer.text
        return str(answer.json()["sha256"])

    def render(self, program: str, **more: object) -> Any:  # noqa: ANN401 - as `read`
        """Render a program, and return the render once it has ended."""
        render = self.do("POST", "renders", {"program": program, **more}, prefer="wait=30")
        while render["state"] in {"queued", "running"}:
            render = self.client.get(f"renders/{render['id']}", headers={"Prefer": "wait=30"}).json()
        return render

    def map_of(self, program: str, **more: object) -> str:
        """Render a program that makes a map, and return the map's digest."""
        render = self.render(program, **more)
        assert render["state"] == "succeeded", render
        return str(render["artefact"]["sha256"])

    def save(self, kind: str, name: str, content: str, **more: object) -> Any:  # noqa: ANN401 - as `read`
        """Save an alpha, whether there is one or not, and return the work."""
        present = self.get(f"hub/{kind}/{name}/alpha")
        condition = {"if_match": present.headers["ETag"]} if present.status_code == 200 else {"if_none_match": "*"}
        return self.do("PUT", f"hub/{kind}/{name}/alpha", {"content": content, **more}, **condition)

    def publish(self, kind: str, name: str) -> Any:  # noqa: ANN401 - as `read`
        """Publish an alpha as it is now."""
        tag = self.get(f"hub/{kind}/{name}/alpha").headers["ETag"]
        return self.do("POST", f"hub/{kind}/{name}/publish", {}, if_match=tag)


def problem_of(answer: httpx2.Response) -> str:
    """Return the last part of a problem's type; fail if the answer is none."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    return str(answer.json()["type"]).removeprefix("urn:xatra:problem:")


def _header_names(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
