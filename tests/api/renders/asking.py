"""Short words for what tests ask of renders over HTTP."""

import json
from typing import Any

import httpx2
from tests.api.conftest import API

INDIA = 'import xatra\nfrom xatra.loaders import gadm\nxatra.Flag("India", gadm("IND"))\n'
SLEEP = "import time\ntime.sleep(30)\n"


def ask(client: httpx2.Client, program: str, *, wait: int = 0, **body: object) -> httpx2.Response:
    """Ask for a render."""
    headers = {"Prefer": f"wait={wait}"} if wait else {}
    return client.post(f"{API}/renders", json={"program": program, **body}, headers=headers)


def look(client: httpx2.Client, answer: httpx2.Response) -> dict[str, Any]:
    """Look where an answer says that its render is."""
    return client.get(answer.headers["Location"]).json()


def can_stream(client: httpx2.Client, address: str) -> bool:
    """Tell whether a stream opens."""
    with client.stream("GET", address) as stream:
        return stream.status_code == 200


def read_events(client: httpx2.Client, address: str, headers: dict[str, str] | None = None) -> list[dict[str, Any]]:
    """Read a stream of server-sent events to its end."""
    events: list[dict[str, Any]] = []
    with client.stream("GET", address, headers=headers) as stream:
        assert stream.headers["Content-Type"].startswith("text/event-stream")
        event: dict[str, Any] = {}
        for line in stream.iter_lines():
            name, _, value = line.partition(": ")
            if line and name:
                event[name] = json.loads(value) if name == "data" else value
            elif not line and "data" in event:
                events.append(event)
                event = {}
    return events
