"""A production stack for all tests that only look at it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.stack.site import GENEROUS, Site, Stack, brought_up


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Bring the stack up from nothing."""
    with brought_up(Stack("xatra-test", tmp_path_factory.mktemp("stack"), **GENEROUS), "up-prod") as running:
        yield running


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
