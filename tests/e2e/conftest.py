"""A real browser in front of the running service."""

import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright
from tests.conftest import Standalone
from tests.e2e.studio import Studio

_FLAGS = (
    "--no-sandbox",  # Chromium's own sandbox needs a user that is not root
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1",  # tile servers above all
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Chromium for the tests of a module: as long as it runs, no other test can run an event loop."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not chromium:
        pytest.skip("needs Chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=_FLAGS)
        yield started
        started.close()


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
