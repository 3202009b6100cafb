"""A service in a process of its own, so that measuring takes nothing from it."""

import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx2 as httpx

_START_SECONDS = 30


@contextmanager
def serving(package: str, database_url: str, **settings: str) -> Iterator[str]:
    """Serve without limits of rates, and without Redis, for which what is measured has no need.

    Args:
        package: `xatra_api` or `xatra_auth`.
        database_url: As the service's login.
        settings: What else it needs to know.

    Yields:
        The service's address, without a path.
    """
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "DATABASE_URL": database_url,
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "GUEST_SECRET": secrets.token_hex(32),
        "WRITES_PER_MINUTE": "1000000",
        "WEB_PROCESSES": "1",
        "LOG_LEVEL": "ERROR",
        **settings,
    }
    with subprocess.Popen(
        [sys.executable, "-m", package, "serve", "--bind", f"127.0.0.1:{port}"], env=environment
    ) as process:
        try:
            url = f"http://127.0.0.1:{port}"
            deadline = time.monotonic() + _START_SECONDS
            while time.monotonic() < deadline:
                try:
                    httpx.get(f"{url}/healthz")
                    break
                except httpx.TransportError:
                    time.sleep(0.1)
            yield url
        finally:
            process.terminate()
