"""An auth service to which the provider of this machine is GitHub, and the way there and back."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from tests.auth.browsing import AUTH, Browser
from tests.auth.provider import CALLBACK, Provider


@pytest.fixture
def auth_url(serve: Callable[..., str], provider: Provider) -> str:
    """Return the address of an auth service that GitHub is set up for."""
    return serve(**provider.github)


def leave(browser: Browser, next_path: str | None = None) -> str:
    """Press the button, and return the address at GitHub where the browser is sent."""
    answer = browser.client.get(
        browser.address(f"{AUTH}/github/start"), params={} if next_path is None else {"next": next_path}
    )
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def allow(url: str) -> str:
    """Answer at GitHub's page, and return the path on our site, with a query, where the browser is sent back to."""
    answer = httpx2.get(url)
    assert answer.headers["location"].startswith(f"{CALLBACK}?"), answer.text
    back = urlsplit(answer.headers["location"])
    return f"{back.path}?{back.query}"


def sign_in(browser: Browser, next_path: str | None = None) -> httpx2.Response:
    """Go to GitHub and back."""
    return browser.get(allow(leave(browser, next_path)))


def failure_of(answer: httpx2.Response) -> str:
    """Return the problem that the sign-in page is told; fail if the browser is not sent there."""
    assert answer.status_code == 303
    target = urlsplit(answer.headers["location"])
    assert (target.scheme, target.netloc, target.path) == ("", "", "/xatra/login")
    told = parse_qs(target.query)
    assert told["provider"] == ["github"]
    return told["problem"][0]
