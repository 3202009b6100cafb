"""Users with personal API tokens, and scripts that use them."""

import httpx2
import pytest
from sqlalchemy import Engine, text
from tests.auth.browsing import AUTH, PASSWORD, Browser
from tests.auth.conftest import OpenBrowser

ALL_SCOPES = ("render", "hub:read", "hub:write", "admin")


@pytest.fixture
def asha(open_browser: OpenBrowser, api_url: str) -> Browser:
    """Return the browser of a user, on both services."""
    browser = open_browser(api_url=api_url)
    browser.sign_up("asha")
    return browser


@pytest.fixture
def admin(asha: Browser, database: Engine) -> Browser:
    """Return the same user's browser, now an administrator's."""
    with database.begin() as connection:
        connection.execute(text("UPDATE hub_users SET is_admin = true"))
    asha.refresh()
    return asha


def order(browser: Browser, *scopes: str, **wish: object) -> httpx2.Response:
    """Ask for a token."""
    body = {"name": "a script", "scopes": scopes, "current_password": PASSWORD, **wish}
    return browser.post(f"{AUTH}/tokens", body)


def make_token(browser: Browser, *scopes: str, **wish: object) -> str:
    """Return a new token."""
    answer = order(browser, *scopes, **wish)
    assert answer.status_code == 201, answer.text
    return answer.json()["token"]


def call(
    browser: Browser, token: str, path: str, method: str = "GET", body: object = None, **headers: str
) -> httpx2.Response:
    """Send a request as a script does: with a token, without cookies."""
    return httpx2.request(
        method, browser.address(path), json=body, headers={"Authorization": f"Bearer {token}", **headers}, timeout=60
    )
