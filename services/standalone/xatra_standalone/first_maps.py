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
    examples = load_examples()
    rendered = 0
    with httpx.Client(base_url=f"{address}api/", timeout=60) as client:
        try:
            for example in examples:  # all of them first: somebody may already open one
                _upload_files(client, example)
            for example in examples:
                rendered += _render(client, example)
        except httpx.HTTPError as error:
            _log.warning("examples not rendered", error=str(error))
    console.print(f"{rendered} of {len(examples)} example maps are rendered.")


def _upload_files(client: httpx.Client, example: Example) -> None:
    for name, path in example.files.items():
        headers = {"Content-Type": _MEDIA_TYPES[path.suffix]}
        client.put("files", params={"name": name}, content=path.read_bytes(), headers=headers).raise_for_status()


def _render(client: httpx.Client, example: Example) -> bool:
    request = {"program": example.program, "files": example.file_hashes}
    while True:
        answer = client.post("renders", json=request, headers={"Prefer": "wait=30"})
        if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE:  # the worker is not up yet
            time.sleep(int(answer.headers.get("Retry-After", 1)))
            continue
        state: str = answer.raise_for_status().json()["state"]
        if state not in ("queued", "running"):
            return state == "succeeded"
