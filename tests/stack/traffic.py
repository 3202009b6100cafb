"""People at a site: they read, sign in, publish and render at a steady rate, however long each answer takes."""

import statistics
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx2
from tests.stack.site import HOST, INDIA, Served, Site

_PASSWORD = "a password for traffic alone"


@dataclass
class Report:
    """What came of all requests."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    renders: list[str] = field(default_factory=list)

    @property
    def requests(self) -> int:
        """How many things were done, or failed."""
        return sum(len(seconds) for seconds in self.seconds.values()) + len(self.failures)

    def __str__(self) -> str:
        rows = []
        for kind, seconds in sorted(self.seconds.items()):
            median, *_, late = statistics.quantiles(seconds, n=100)[49:]
            rows.append(f"{kind}: {len(seconds)}, p50 {median:.3f} s, p99 {late:.3f} s, longest {max(seconds):.3f} s")
        return "\n".join([*rows, f"failed: {len(self.failures)}", *self.failures[:20]])


class _People:
    """What they do; each of it fails with an exception where an answer is not what it should be."""

    def __init__(self, served: Served, report: Report) -> None:
        self._served = served
        self._report = report
        self._kept_alive = Site(served)
        self._map = self._kept_alive.end(self._kept_alive.ask("traffic"))["artefact"]["url"]
        self._username = f"traffic_{time.time_ns()}"
        newcomer = Site(served)
        _expect(self._write(newcomer, "POST", "auth/signup", self._credentials), 201)
        newcomer.close()
        self._lock = threading.Lock()
        self._number = 0

    @property
    def per_second(self) -> dict[Callable[[Site], None], float]:
        """How often each of it is done."""
        return {
            self.read_the_hub: 2,
            self.read_a_map: 2,
            self.read_the_page: 2,
            self.render: 0.5,
            self.sign_in_and_publish: 0.2,
        }

    def read_the_hub(self, site: Site) -> None:
        _expect(site.send("GET", "/xatra/api/explore?q=traffic"), 200)

    def read_a_map(self, site: Site) -> None:
        _expect(site.send("GET", self._map), 200)

    def read_the_page(self, site: Site) -> None:
        _expect(site.send("GET", "/xatra/"), 200)

    def render(self, site: Site) -> None:
        program = f'{INDIA}xatra.TitleBox("{self._username} {self._next()}")\n'
        answer = _expect(site.send("POST", "/xatra/api/renders", json={"program": program}), 200, 202)
        self._report.renders.append(answer.json()["id"])

    def sign_in_and_publish(self, _site: Site) -> None:
        site = Site(self._served)  # with cookies of its own
        try:
            signed_in = _expect(self._write(site, "POST", "auth/login", self._credentials), 200)
            token, work = signed_in.json()["csrf_token"], f"hub/map/{self._username}_{self._next()}"
            draft = {"content": INDIA, "visibility": "private"}
            saved = _expect(self._write(site, "PUT", f"{work}/alpha", draft, token, {"If-None-Match": "*"}), 201)
            etag = {"If-Match": saved.headers["ETag"]}
            _expect(self._write(site, "POST", f"{work}/publish", None, token, etag), 201)
        finally:
            site.close()

    def do(self, act: Callable[[Site], None], *, on_a_new_connection: bool) -> None:
        """Do something, and report how long it took or what was wrong with it."""
        site = Site(self._served) if on_a_new_connection else self._kept_alive
        started = time.monotonic()
        try:
            act(site)
            self._report.seconds.setdefault(act.__name__, []).append(time.monotonic() - started)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a failed request
            self._report.failures.append(f"{time.strftime('%X')} {act.__name__}: {type(error).__name__}: {error}")
        finally:
            if on_a_new_connection:
                site.close()

    def close(self) -> None:
        """Close all connections that were kept."""
        self._kept_alive.close()

    @property
    def _credentials(self) -> dict[str, str]:
        return {"username": self._username, "password": _PASSWORD}

    def _next(self) -> int:
        with self._lock:
            self._number += 1
            return self._number

    @staticmethod
    def _write(
        site: Site,
        method: str,
        path: str,
        document: object,
        token: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx2.Response:
        token = token or _expect(site.send("GET", "/xatra/api/auth/csrf"), 200).json()["csrf_token"]
        sent = {"Origin": f"https://{HOST}", "X-CSRF-Token": token, **(headers or {})}
        return site.send(method, f"/xatra/api/{path}", json=document, headers=sent)


@contextmanager
def traffic(served: Served) -> Iterator[Report]:
    """Let people come until the end of the block, every second time over a connection of their own."""
    report = Report()
    people = _People(served, report)
    is_over = threading.Event()

    def come(act: Callable[[Site], None], per_second: float, pool: ThreadPoolExecutor) -> None:
        due, number = time.monotonic(), 0
        while not is_over.wait(max(0, due - time.monotonic())):
            pool.submit(people.do, act, on_a_new_connection=bool(number % 2))
            due, number = due + 1 / per_second, number + 1

    with ThreadPoolExecutor(64) as pool:
        threads = [threading.Thread(target=come, args=(*rate, pool)) for rate in people.per_second.items()]
        for thread in threads:
            thread.start()
        try:
            yield report
        finally:
            is_over.set()
            for thread in threads:
                thread.join()
    people.close()


def _expect(answer: httpx2.Response, *statuses: int) -> httpx2.Response:
    assert answer.status_code in statuses, f"{answer.status_code} {answer.text[:200]}"
    return answer
