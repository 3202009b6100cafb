"""The development stack runs a checkout and follows its changes."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from tests.stack.engine import CHECKOUT, NEEDS_ENGINE, docker
from tests.stack.site import free_port
from tests.waiting import until

pytestmark = list(NEEDS_ENGINE)

_PROJECT = "xatra-test-dev"
_LEFT_OUT = shutil.ignore_patterns(".*_cache", ".git", ".hypothesis", ".venv", "__pycache__", "node_modules", "secrets")


def _remove() -> None:
    docker("compose", "--project-name", _PROJECT, "down", "--volumes", "--timeout=5", cwd=Path("/"))


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a copy of this checkout that a test may edit."""
    return shutil.copytree(CHECKOUT, tmp_path / "checkout", ignore=_LEFT_OUT)


@pytest.fixture
def url(checkout: Path) -> Iterator[str]:
    """Start the stack on it, and return the site's first page."""
    ports = {name: str(free_port()) for name in ("HTTP_PORT", "MAILS_PORT", "POSTGRES_PORT", "REDIS_PORT")}
    _remove()
    try:
        started = subprocess.run(
            ["make", "up-dev", "VIEWERS=no"],
            cwd=checkout, env={**os.environ, **ports, "COMPOSE_PROJECT_NAME": _PROJECT, "MAKEFLAGS": ""},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert started.returncode == 0, started.stdout[-3000:] + started.stderr[-3000:]
        yield f"http://localhost:{ports['HTTP_PORT']}/xatra/"
    finally:
        _remove()


def test_an_edited_endpoint_answers_without_a_rebuild(checkout: Path, url: str):
    assert httpx2.get(f"{url}api/health").json()["release"] == "development"
    endpoint = checkout / "services" / "api" / "xatra_api" / "health" / "endpoints.py"
    endpoint.write_text(endpoint.read_text().replace("resources.settings.release", '"edited"'))
    until(lambda: httpx2.get(f"{url}api/health").text.endswith('"release":"edited"}'), seconds=60)
