"""Publishes the example maps on the first start, so that there is something to look at, to fork and to import."""

from typing import Any, Final, Self

import httpx2 as httpx
import structlog
from rich.console import Console

from xatra_standalone.gallery import Example, load_examples

_AUTHOR: Final = "samples"
_TIMEOUT_SECONDS: Final = 60

_log = structlog.get_logger(__name__)


def publish_samples(address: str, password: str, console: Console) -> None:
    """Publish every example that is not there yet, through the service's own front door, and say how it went.

    Args:
        address: Where the studio is, such as `http://localhost:8080/xatra/`.
        password: That of the account to which they belong.
        console: Where people read.
    """
    examples = load_examples()
    try:
        with _Author(address, password) as author:
            for example in examples:
                author.publish(example)
    except httpx.HTTPError as error:
        _log.warning("sample maps not published", error=str(error))
        return
    console.print(f"{len(examples)} sample maps are published: {address}explore")


class _Author:
    """The account of the sample maps, signed in."""

    def __init__(self, address: str, password: str) -> None:
        self._client = httpx.Client(base_url=f"{address}api/", timeout=_TIMEOUT_SECONDS)
        self._credentials = {"username": _AUTHOR, "password": password}

    def __enter__(self) -> Self:
        self._trust(_accepted(self._client.get("auth/csrf")))
        answer = self._client.post("auth/signup", json=self._credentials)
        if answer.status_code == httpx.codes.CONFLICT:  # by an earlier start
            answer = self._client.post("auth/login", json=self._credentials)
        self._trust(_accepted(answer))
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def publish(self, example: Example) -> None:
        """Publish an example, unless a map has its name."""
        address = f"hub/map/{example.name}"
        saved = self._client.put(
            f"{address}/alpha",
            json={
                "content": example.program,
                "files": {name: self._upload(name, path.read_bytes()) for name, path in example.files.items()},
                "description": f"{example.title}. {example.description}",
            },
            headers={"If-None-Match": "*"},
        )
        if saved.status_code == httpx.codes.CONFLICT:
            saved = self._client.get(address)
        work = _accepted(saved).json()
        if work["author"] == _AUTHOR and work["latest_version"] == 0:
            condition = {"If-Match": f'"{work["alpha"]["version"]}"'}
            _accepted(self._client.post(f"{address}/publish", json={}, headers=condition))
            picture = example.picture.read_bytes()
            _accepted(self._client.put(f"{address}/thumbnail", content=picture, headers={"Content-Type": "image/webp"}))

    def _upload(self, name: str, content: bytes) -> str:
        sha256: str = _accepted(self._client.put("files", params={"name": name}, content=content)).json()["sha256"]
        return sha256

    def _trust(self, answer: httpx.Response) -> None:
        body: dict[str, Any] = answer.json()
        self._client.headers["X-CSRF-Token"] = body["csrf_token"]


def _accepted(answer: httpx.Response) -> httpx.Response:
    if not answer.is_success:
        raise httpx.HTTPStatusError(answer.text, request=answer.request, response=answer)
    return answer
