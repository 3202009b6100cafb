"""A running service as its client sees it: files uploaded, renders followed to their end, maps fetched.

Where the service is busy, or vanishes once it has answered, requests wait and are sent again. How long, is for whoever
calls to say, by cancelling.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any, Final, Protocol, Self

import httpx2 as httpx

type Render = dict[str, Any]
"""A render as the api's reference describes it."""

_CONNECT_SECONDS: Final = 10
_SILENT_SECONDS: Final = 40  # longer than two heartbeats of a stream, and than any wait that we ask for
_POLL_SECONDS: Final = 10
_CANCEL_SECONDS: Final = 5
_AGAIN_SECONDS: Final = 1
_BUSY: Final = frozenset({429, 502, 503, 504})
_BUSY_SECONDS: Final = 5  # where a gateway does not say how long


class Audience(Protocol):
    """Who is told how things go, in sentences."""

    def doing(self, what: str) -> None:
        """Hear what is being done now."""

    def delayed(self, why: str) -> None:
        """Hear why something has to be tried again."""

    def show(self, render: Render) -> None:
        """See a render, at first and after every change."""


class UnreachableError(Exception):
    """Nothing answers at the address; the text is a sentence."""


class RefusedError(Exception):
    """The service will not do it; the text is a sentence.

    Attributes:
        problem: What it answered, as problem details (RFC 9457).
    """

    def __init__(self, problem: dict[str, Any]) -> None:
        super().__init__(_sentence(problem))
        self.problem = problem


class Service:
    """One service, reached over HTTP."""

    def __init__(self, client: httpx.AsyncClient, audience: Audience) -> None:
        self._client = client
        self._audience = audience
        self._has_answered = False

    @classmethod
    @asynccontextmanager
    async def at(cls, url: str, audience: Audience, *, token: str | None = None) -> AsyncIterator[Self]:
        """Reach the service with this first page, such as `http://localhost:8080/xatra/`, until the end of the block.

        Args:
            url: The first page.
            audience: Who is told how things go.
            token: Personal API token of the user who renders; none: a guest does.
        """
        timeout = httpx.Timeout(_SILENT_SECONDS, connect=_CONNECT_SECONDS)
        base_url = httpx.URL(f"{url.rstrip('/')}/api/")

        def sign(request: httpx.Request) -> httpx.Request:
            # Maps may lie on a site of their own, which is not to have the token.
            if token and request.url.netloc == base_url.netloc and request.url.scheme == base_url.scheme:
                request.headers["Authorization"] = f"Bearer {token}"
            return request

        async with httpx.AsyncClient(base_url=base_url, auth=sign, timeout=timeout) as client:
            yield cls(client, audience)

    async def upload(self, name: str, content: bytes) -> str:
        """Upload a file, and return the sha256 by which renders name it.

        Its type is for the service to tell, which does so by content and name.

        Raises:
            UnreachableError: Nothing answers.
            RefusedError: The file is not accepted.
        """
        self._audience.doing(f"Uploading {name} …")
        uploaded = await self._send(self._client.build_request("PUT", "files", params={"name": name}, content=content))
        sha256: str = _json(uploaded)["sha256"]
        return sha256

    async def render(self, program: str, files: Mapping[str, str]) -> Render:
        """Ask for a render and return it once it has ended; whoever cancels this cancels the render too.

        Args:
            program: Python source.
            files: Name by which the program reads a file -> sha256.

        Raises:
            UnreachableError: Nothing answers.
            RefusedError: The render is not accepted, or not known any more.
        """
        self._audience.doing("Asking for the render …")
        asking = self._client.build_request(
            "POST",
            "renders",
            json={"program": program, "files": dict(files)},
            # By it, asking again gives the same render, whether or not the first answer arrived.
            headers={"Idempotency-Key": secrets.token_hex(16)},
        )
        render: Render | None = None
        try:
            render = _json(await self._send(asking))
            return await self._follow(render)
        except asyncio.CancelledError:
            self._audience.doing("Cancelling the render …")
            with suppress(httpx.HTTPError, RefusedError, TimeoutError):
                async with asyncio.timeout(_CANCEL_SECONDS):
                    render = render or _json(_accepted(await self._client.send(asking)))
                    await self._client.delete(f"renders/{render['id']}")
            raise

    async def fetch(self, render: Render, *, standalone: bool) -> bytes:
        """Return the map of a render that succeeded.

        Args:
            render: Which.
            standalone: As one file that opens from disk, else as the service shows it, beside its assets.

        Raises:
            RefusedError: The map is past retention.
        """
        self._audience.doing("Fetching the map …")
        address = self._client.base_url.join(render["artefact"]["url"])
        params = {"download": ""} if standalone else None
        return (await self._send(self._client.build_request("GET", address, params=params))).content

    async def _follow(self, render: Render) -> Render:
        """Listen to a render's events until it has ended; where no stream comes, or it breaks, ask in between."""
        self._audience.show(render)
        address = f"renders/{render['id']}"
        seen: dict[str, str] = {}
        while not _has_ended(render):
            try:
                async with self._client.sse(f"{address}/events", headers=seen) as events:
                    async for event in events:
                        seen = {"Last-Event-ID": event.id}
                        render = _event_json(event)
                        self._audience.show(render)
            except (httpx.TransportError, ValueError):
                poll = self._client.build_request("GET", address, headers={"Prefer": f"wait={_POLL_SECONDS}"})
                render = _json(await self._send(poll))
                self._audience.show(render)
            if not _has_ended(render):
                await asyncio.sleep(_AGAIN_SECONDS)
        return render

    async def _send(self, request: httpx.Request) -> httpx.Response:
        """Send a request until the answer is another than that the service is busy, or away for a moment."""
        while True:
            try:
                answer = await self._client.send(request)
            except httpx.TransportError as error:
                if not self._has_answered:
                    raise UnreachableError(_unreachable(request.url, error)) from None
                await self._pause("The service does not answer any more.", _AGAIN_SECONDS)
                continue
            self._has_answered = True
            if answer.status_code not in _BUSY:
                return _accepted(answer)
            seconds = answer.headers.get("Retry-After", "")
            await self._pause(_sentence(_problem(answer)), int(seconds) if seconds.isdecimal() else _BUSY_SECONDS)

    async def _pause(self, reason: str, seconds: int) -> None:
        self._audience.delayed(f"{reason} Trying again in {seconds} s.")
        await asyncio.sleep(seconds)


def _has_ended(render: Render) -> bool:
    return render["state"] not in ("queued", "running")


def _event_json(event: httpx.ServerSentEvent) -> Render:
    render = event.json()
    if not isinstance(render, dict) or "state" not in render:
        raise ValueError("an event of another service")
    return render


def _accepted(answer: httpx.Response) -> httpx.Response:
    if not answer.is_success:
        raise RefusedError(_problem(answer))
    return answer


def _json(answer: httpx.Response) -> dict[str, Any]:
    try:
        body: dict[str, Any] = answer.json()
    except ValueError:
        raise RefusedError(_foreign(answer, "something else than JSON")) from None
    return body


def _problem(answer: httpx.Response) -> dict[str, Any]:
    """Return the problem in an answer, or one in our words where somebody else answered."""
    if answer.headers.get("Content-Type", "").startswith("application/problem+json"):
        return _json(answer)
    if answer.has_redirect_location:
        return _foreign(answer, f"that it is now at {answer.headers['Location']}")
    return _foreign(answer, f"{answer.status_code} {answer.reason_phrase}")


def _foreign(answer: httpx.Response, what: str) -> dict[str, Any]:
    title = f"{answer.request.url} answered {what}: is --url the address of a Xatra Web?"
    return {"type": "about:blank", "title": title, "status": answer.status_code}


def _sentence(problem: Mapping[str, Any]) -> str:
    """Put a problem into words: its kind, this occurrence, and the fields that are wrong."""
    fields = [f"{error['field']}: {error['message']}" for error in problem.get("errors", []) if "field" in error]
    parts = [problem.get("title", "The service refuses"), problem.get("detail"), "; ".join(fields)]
    return " ".join(part if part.endswith((".", "?", "!")) else f"{part}." for part in parts if part)


def _unreachable(url: httpx.URL, error: httpx.TransportError) -> str:
    place = f"{url.scheme}://{url.netloc.decode()}"
    return (
        f"Nothing answers at {place} ({str(error) or type(error).__name__}): is the service running, and --url right?"
    )
