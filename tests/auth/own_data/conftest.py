"""Users of both services, whose deleted accounts are erased at once."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine, create_engine, text
from tests.auth.browsing import AUTH, PASSWORD, Browser
from tests.auth.conftest import OpenBrowser

from xatra_api.own_data import service


@pytest.fixture
def api_database(database_urls: dict[str, str]) -> Iterator[Engine]:
    """Return the database as the api sees it."""
    engine = create_engine(database_urls["xatra_api"])
    yield engine
    engine.dispose()


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the api erase at once."""
    monkeypatch.setattr(service, "GRACE_SECONDS", 0)
    monkeypatch.setattr(service, "LOOK_EVERY_SECONDS", 0.1)


@pytest.fixture
def visit(hasty: None, open_browser: OpenBrowser, serve_api: Callable[..., str]) -> Callable[[str], Browser]:
    """Return what opens a browser on both services, signed in."""
    api_url = serve_api(user_active_renders=1000)

    def open_and_sign_up(username: str) -> Browser:
        browser = open_browser(api_url=api_url)
        browser.sign_up(username)
        return browser

    return open_and_sign_up


@pytest.fixture
def asha(visit: Callable[[str], Browser]) -> Browser:
    return visit("asha")


@pytest.fixture
def ravi(visit: Callable[[str], Browser]) -> Browser:
    return visit("ravi")


def delete_account(browser: Browser) -> None:
    username = browser.get(f"{AUTH}/me").json()["username"]
    answer = browser.post(f"{AUTH}/me/delete", {"username": username, "current_password": PASSWORD})
    assert answer.status_code == 204


def is_erased(database: Engine) -> bool:
    with database.connect() as connection:
        return connection.execute(text("SELECT erased_at FROM deleted_users")).scalar_one() is not None
