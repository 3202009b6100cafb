"""What people do on a site, for Locust: readers look at maps, guests try things out, members publish.

`python -m tests.load.load_test` runs it and tells what came of it. The address of the api is Locust's host.
"""

import os
import random
import re
import secrets
import time
from typing import Any
from urllib.parse import urlsplit

from locust import HttpUser, between, task

TOKEN = os.environ.get("XATRA_TOKEN", "")
WAIT_SECONDS = 20
RENDER_SECONDS = 120
WORDS = ("empire", "india", "map", "river", "kingdom", "asia", "war", "dynasty")
HEAD = "import xatra\nfrom xatra.loaders import gadm\n"
SMALL = ('xatra.Flag("India", gadm("IND"))', 'xatra.Flag("Lanka", gadm("LKA"))', 'xatra.Flag("Nepal", gadm("NPL"))')
LARGE = (
    'xatra.Admin("IND", level=2)',
    'xatra.Flag("Together", gadm("IND") | gadm("PAK") | gadm("BGD") | gadm("NPL"))',
)
_ARTEFACT = re.compile(r'src="([^"]*/artefacts/[0-9a-f]{64})"')


def program(body: str) -> str:
    """Return a map program that nobody has rendered before."""
    return f'{HEAD}{body}\nxatra.TitleBox("{secrets.token_hex(8)}")\n'


class Visitor(HttpUser):
    """Somebody on the site."""

    abstract = True
    wait_time = between(1, 4)
    writing: dict[str, str]  # headers of a write

    def ask(self, method: str, path: str, name: str, *, expect: tuple[int, ...] = (200,), **options: Any) -> Any:  # noqa: ANN401 - Locust's answer
        """Send a request; what is not expected fails by its status and problem."""
        if path.startswith("/") and not path.startswith("//"):
            parts = urlsplit(self.host)
            path = path if path.startswith(parts.path) else f"{parts.path}{path}"
            path = f"{parts.scheme}://{parts.netloc}{path}"
        with self.client.request(method, path, name=name, catch_response=True, **options) as answer:
            if answer.status_code in expect:
                answer.success()
            else:
                problem = re.search(r"urn:xatra:problem:([a-z-]+)", answer.text or "")
                answer.failure(f"{answer.status_code} {problem[1] if problem else answer.reason or answer.error}")
            return answer

    def look_at(self, url: str) -> None:
        """Open a map."""
        self.ask("GET", url, "open a map")

    def render(self, source: str, name: str) -> None:
        """Render a program, wait for its map and open it."""
        begun = time.monotonic()
        headers = {**self.writing, "Prefer": f"wait={WAIT_SECONDS}"}
        answer = self.ask("POST", "/renders", name, expect=(200, 202), json={"program": source}, headers=headers)
        if answer.status_code not in {200, 202}:
            return
        render = answer.json()
        for _ in range(RENDER_SECONDS // WAIT_SECONDS):
            if render["state"] not in {"queued", "running"}:
                break
            answer = self.ask(
                "GET", f"/renders/{render['id']}", "wait for a render", headers={"Prefer": f"wait={WAIT_SECONDS}"}
            )
            if answer.status_code != 200:
                return
            render = answer.json()
        if "queued_seconds" in render["timings"]:
            self.tell("wait for a slot", render["timings"]["queued_seconds"])
        if render["state"] == "succeeded":
            self.tell(f"{name}, until the map is there", time.monotonic() - begun)
            self.look_at(render["artefact"]["url"])
        else:
            self.tell(f"{name}, until the map is there", time.monotonic() - begun, f"the render has {render['state']}")

    def tell(self, what: str, seconds: float, error: str | None = None) -> None:
        """Count something that is no request."""
        self.environment.events.request.fire(
            request_type="render",
            name=what,
            response_time=seconds * 1000,
            response_length=0,
            exception=RuntimeError(error) if error else None,
        )


class Reader(Visitor):
    """Looks at what others have published."""

    weight = 6

    @task(4)
    def browse(self) -> None:
        """Look at a page of Explore."""
        self.ask("GET", f"/explore?sort={random.choice(('featured', 'recency'))}", "browse")

    @task(3)
    def search(self) -> None:
        """Look for maps."""
        self.ask("GET", f"/explore?q={random.choice(WORDS)}", "search")

    @task(3)
    def embed(self) -> None:
        """Open a map that another site shows."""
        answer = self.ask("GET", "/explore?kind=map", "browse")
        works = answer.json()["works"] if answer.ok else []
        if works:
            page = self.ask("GET", f"/embed/{random.choice(works)['name']}", "embed")
            if found := _ARTEFACT.search(page.text or ""):
                self.look_at(found[1])


class Guest(Visitor):
    """Tries things out without an account."""

    weight = 3

    def on_start(self) -> None:
        """Become a guest, as the studio does."""
        answer = self.ask("GET", "/auth/csrf", "become a guest")
        self.writing = {"X-CSRF-Token": answer.json()["csrf_token"]}
        self.version = 0

    @task(5)
    def render_small(self) -> None:
        """Render a map of one country."""
        self.render(program(random.choice(SMALL)), "render a small map")

    @task(1)
    def render_large(self) -> None:
        """Render districts, or a union."""
        self.render(program(random.choice(LARGE)), "render a large map")

    @task(4)
    def save(self) -> None:
        """Save the draft, as the studio does while people type."""
        match = {"If-Match": f'"{self.version}"'} if self.version else {"If-None-Match": "*"}
        draft = {"program": program(random.choice(SMALL)), "name": "Load"}
        answer = self.ask(
            "PUT", "/drafts/current", "save a draft", expect=(200, 201), json=draft, headers={**self.writing, **match}
        )
        if answer.ok:
            self.version = answer.json()["version"]

    @task(2)
    def look_up(self) -> None:
        """Search the units of the map data."""
        self.ask("GET", f"/geography/units?q={random.choice(('Delhi', 'Lahore', 'Kandy', 'Bengal'))}", "look a unit up")


class Member(Visitor):
    """Publishes maps, which nobody else sees."""

    weight = 1 if TOKEN else 0

    def on_start(self) -> None:
        """Come with the token."""
        self.writing = {"Authorization": f"Bearer {TOKEN}"}

    @task(2)
    def render_own(self) -> None:
        """Render a map of one country."""
        self.render(program(random.choice(SMALL)), "render a small map")

    @task(1)
    def publish(self) -> None:
        """Make a work and publish it."""
        work = f"/hub/map/load_{secrets.token_hex(6)}"
        alpha = {"content": program(random.choice(SMALL)), "visibility": "private"}
        saved = self.ask(
            "PUT",
            f"{work}/alpha",
            "make a work",
            expect=(201,),
            json=alpha,
            headers={**self.writing, "If-None-Match": "*"},
        )
        if saved.ok:
            match = {"If-Match": saved.headers["ETag"]}
            self.ask("POST", f"{work}/publish", "publish", expect=(201,), headers={**self.writing, **match})
