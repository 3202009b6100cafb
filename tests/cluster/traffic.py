"""People who use a site while something happens to it: how many requests there were, and which of them failed."""

import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

import httpx2
from tests.stack.site import INDIA, Site

_PAUSE_SECONDS = 0.05
_EXPECTED = {
    "/xatra/": {200},
    "/xatra/api/auth/me": {401},
    "/xatra/api/explore": {200},
    "/xatra/api/renders": {200, 202},
}


class Traffic:
    """Asks for pages, reads and renders, one after the other, until the end of the block."""

    def __init__(self, site: Callable[[], Site]) -> None:
        self._site = site
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._ask, args=(number,)) for number in range(3)]
        self.requests = 0
        self.failures: list[str] = []
        self.renders: list[str] = []

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _ask(self, number: int) -> None:
        site = self._site()
        while not self._stop.is_set():
            label = f"Traffic {number} {time.monotonic_ns()}"
            for method, path, document in (
                ("GET", "/xatra/", None),
                ("GET", "/xatra/api/auth/me", None),
                ("GET", "/xatra/api/explore", None),
                ("POST", "/xatra/api/renders", {"program": f'{INDIA}xatra.TitleBox("{label}")\n'}),
            ):
                self._send(site, method, path, document)
                self._stop.wait(_PAUSE_SECONDS)
        site.close()

    def _send(self, site: Site, method: str, path: str, document: object) -> None:
        self.requests += 1
        try:
            answer = site.send(method, path, json=document, headers={"Prefer": "wait=20"})
        except httpx2.TransportError as error:
            self.failures.append(f"{method} {path}: {error!r}")
            return
        if answer.status_code not in _EXPECTED[path] and not _is_a_full_queue(answer):
            self.failures.append(f"{method} {path}: {answer.status_code} {answer.text[:200]}")
        elif method == "POST" and answer.is_success:
            self.renders.append(answer.json()["id"])


def _is_a_full_queue(answer: httpx2.Response) -> bool:
    """Tell whether an answer is the promised one when more is asked for than workers can do."""
    return answer.status_code == httpx2.codes.SERVICE_UNAVAILABLE and "queue-full" in answer.text
