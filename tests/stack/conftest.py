"""A production stack for all tests that only look at it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.stack.site import HOST, Site, Stack


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Bring the stack up from nothing."""
    home = tmp_path_factory.mktemp("stack")
    home.chmod(0o755)
    running = Stack(
        "xatra-test",
        home,
        ADDRESS_ACTIVE_RENDERS=500,
        AUTH_WRITES_PER_MINUTE=100_000,
        CALLER_ACTIVE_RENDERS=500,
        SIGN_INS_PER_ACCOUNT=100_000,
        SIGN_INS_PER_TEN_MINUTES=100_000,
        SIGN_UPS_PER_HOUR=1000,
        USER_WRITES_PER_MINUTE=100_000,
        WRITES_PER_MINUTE=100_000,
    )
    running.remove()  # what a run left that was killed
    try:
        running.make("secrets")
        running.make("certs", f"HOST={HOST}")
        running.make("up-prod")
        yield running
    finally:
        running.remove()


@pytest.fixture(scope="session")
def site(stack: Stack) -> Iterator[Site]:
    """Return the site that it serves."""
    reached = Site(stack)
    yield reached
    reached.close()


@pytest.fixture(scope="session")
def secrets(stack: Stack) -> dict[str, str]:
    """Return every secret by the name of its file."""
    return {path.name: path.read_text() for path in Path(stack.secrets).iterdir()}
