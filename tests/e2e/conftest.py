"""A real browser in front of the running service."""

import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from tests.conftest import Standalone
from tests.e2e.studio import PASSWORD, Studio

_PATIENCE_MILLISECONDS = 60_000  # a browser beside other tests may get little of a processor, and renders wait for one

expect.set_options(timeout=_PATIENCE_MILLISECONDS)


@pytest.fixture
def open_studio(browser: Browser, standalone: Standalone) -> Iterator[Callable[..., Studio]]:
    """Return what opens the studio as somebody who was never there; options are those of a browser's context."""
    contexts = []

    def open_studio(url: str = standalone.url, **options: object) -> Studio:
        context = browser.new_context(**{"viewport": {"width": 1400, "height": 900}, **options})  # type: ignore[arg-type]
        context.set_default_timeout(_PATIENCE_MILLISECONDS)
        contexts.append(context)
        return Studio(context.new_page(), url)

    yield open_studio
    for context in contexts:
        context.close()


@pytest.fixture
def studio(open_studio: Callable[..., Studio]) -> Studio:
    """Return the studio, as a newcomer opens it."""
    studio = open_studio()
    studio.open()
    return studio


@pytest.fixture
def admin(standalone: Standalone, tmp_path: Path) -> str:
    """Return the name of an administrator."""
    password_file = tmp_path / "password"
    password_file.write_text(PASSWORD)
    name = f"admin-{secrets.token_hex(4)}"
    standalone.command("accounts", "create-admin", f"{name}@maps.example", "--password-file", str(password_file))
    return name
