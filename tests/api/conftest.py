"""The real api on a real server of this machine, on empty databases and an empty store."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx2
import pytest
from tests.shared.http.serving import serving_by
from tests.waiting import until

from xatra_api.app import create_app
from xatra_api.settings import ApiSettings
from xatra_shared.identity.guests import GuestKeys, new_guest_id

API = "/xatra/api"
GUEST_SECRET = "a guest secret for tests alone, long enough"


@pytest.fixture
def settings(database_urls: dict[str, str], redis_urls: dict[str, str], store_url: str) -> ApiSettings:
    """Return the settings of an api with everything at hand."""
    return ApiSettings.model_validate(
        {
            "database_url": database_urls["xatra_api"],
            "redis_url": redis_urls["xatra_api"],
            "artefact_store_url": store_url,
            "guest_secret": GUEST_SECRET,
        }
    )


@pytest.fixture
def serve(settings: ApiSettings) -> Iterator[Callable[..., httpx2.Client]]:
    """Return what starts an api with some settings changed and returns a client of it."""
    with ExitStack() as stack:

        def start(**changes: object) -> httpx2.Client:
            changed = ApiSettings.model_validate({**settings.model_dump(), **changes})
            url = stack.enter_context(serving_by(create_app, changed))
            return stack.enter_context(httpx2.Client(base_url=url, timeout=60))

        yield start


@pytest.fixture
def api(serve: Callable[..., httpx2.Client]) -> httpx2.Client:
    """Return a client of a running api."""
    return serve()


def become_guest(client: httpx2.Client) -> str:
    """Give a client a guest's cookie, as the auth service does, and return the guest's CSRF token."""
    keys = GuestKeys(GUEST_SECRET)
    guest_id = new_guest_id()
    client.cookies.set("xatra_guest", keys.sign(guest_id))
    return keys.csrf_token(guest_id)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@pytest.fixture
def server(settings: ApiSettings, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], str, Path]]:
    """Start the server; yield its process, its address and its log."""
    secret = tmp_path / "guest_secret"
    secret.write_text(settings.guest_secret.get_secret_value() + "\n")
    port, log = free_port(), tmp_path / "log"
    environment = {
        "PATH": os.environ["PATH"],
        "TMPDIR": str(tmp_path),
        "DATABASE_URL": settings.database_url.get_secret_value(),
        "REDIS_URL": settings.redis_url.get_secret_value(),
        "ARTEFACT_STORE_URL": settings.artefact_store_url,
        "GUEST_SECRET_FILE": str(secret),
        "ALLOWED_HOSTS": "127.0.0.1, maps.example",
    }
    command = [sys.executable, "-m", "xatra_api", "serve", "--bind", f"127.0.0.1:{port}"]
    with log.open("wb") as output, subprocess.Popen(command, env=environment, stderr=output) as process:
        url = f"http://127.0.0.1:{port}"
        until(lambda: log.read_text().count("Application startup complete") == 2, seconds=60)
        yield process, url, log
        process.send_signal(signal.SIGTERM)
