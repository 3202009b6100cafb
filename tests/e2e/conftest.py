"""A real browser in front of the running service."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser
from tests.conftest import Standalone
from tests.e2e.studio import Studio


@pytest.fixture
def open_studio(browser: Browser, standalone: Standalone) -> Iterator[Callable[..., Studio]]:
    """Return what opens the studio as somebody who was never there; options are those of a browser's context."""
    contexts = []

    def open_studio(url: str = standalone.url, **options: object) -> Studio:
        context = browser.new_context(**{"viewport": {"width": 1400, "height": 900}, **options})  # type: ignore[arg-type]
        context.set_default_timeout(30_000)
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
