"""Renders the examples once the service is up, so that the gallery answers at once."""

import time

import httpx2 as httpx
import structlog
from rich.console import Console

from xatra_standalone.gallery import Example, load_examples

_log = structlog.get_logger(__name__)

_MEDIA_TYPES = {".csv": "text/csv", ".wav": "audio/wav"}


def render_examples(address: str, console: Console) -> None:
    """Render every example through the service's own front door, and say how it went.

    Args:
        address: Where the page is, such as `http://localhost:8080/xatra/`.
        console: Where people read.
    """
    failed = 0
    examples = load_examples()
    with httpx.Client(base_url=f"{address}api/", timeout=60) as client:
        for example in examples:
            try:
                failed += not _render(client, example)
            except httpx.HTTPError as error:
                _log.warning("example not rendered", example=example.slug, error=str(error))
                failed += 1
    console.print(f"{len(examples) - failed} of {len(examples)} example maps are rendered.")


def _render(client: httpx.Client, example: Example) -> bool:
    files = {}
    for name, path in example.files.items():
        uploaded = client.put(
            "files",
            params={"name": name},
            content=path.read_bytes(),
            headers={"Content-Type": _MEDIA_TYPES[path.suffix]},
        )
        files[name] = uploaded.raise_for_status().json()["sha256"]
    while True:
        answer = client.post(
            "renders", json={"program": example.program, "files": files}, headers={"Prefer": "wait=30"}
        )
        if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE:  # the worker is not up yet
            time.sleep(int(answer.headers.get("Retry-After", 1)))
            continue
        state: str = answer.raise_for_status().json()["state"]
        if state not in ("queued", "running"):
            return state == "succeeded"
