"""What guests began is theirs when they sign in, and nothing that they had is lost."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import httpx2
import pytest
from tests.api.conftest import API, GUEST_SECRET
from tests.api.drafts.drafting import CURRENT
from tests.api.hub.publishing import problem
from tests.auth.browsing import AUTH, Browser
from tests.auth.conftest import SIGNING_KEY
from tests.shared.http.serving import serving

from xatra_auth.app import create_app
from xatra_auth.settings import AuthSettings

type Open = Callable[[], Browser]

NEW = {"If-None-Match": "*"}


@pytest.fixture
def open_browser(api: httpx2.Client, database_urls: dict[str, str], redis_urls: dict[str, str]) -> Iterator[Open]:
    """Return what opens a browser on both services, as somebody who was never here."""
    settings = AuthSettings.model_validate(
        {
            "database_url": database_urls["xatra_auth"],
            "redis_url": redis_urls["xatra_auth"],
            "guest_secret": GUEST_SECRET,
            "signing_key": SIGNING_KEY,
            "sign_ups_per_hour": 1000,
        }
    )
    with ExitStack() as stack:
        auth_url = stack.enter_context(serving(create_app(settings)))

        def open_one() -> Browser:
            browser = stack.enter_context(Browser(auth_url, str(api.base_url)))
            browser.become_guest()
            return browser

        yield open_one


def save(browser: Browser, program: str) -> int:
    answer = browser.write("PUT", CURRENT, {"program": program}, headers=NEW)
    assert answer.status_code == 201, answer.text
    return answer.json()["version"]


def listed(browser: Browser) -> list[str]:
    return [draft["id"] for draft in browser.get(f"{API}/drafts").json()["drafts"]]


def programs(browser: Browser) -> set[str]:
    return {browser.get(f"{API}/drafts/{draft_id}").json()["program"] for draft_id in listed(browser)}


def test_a_guests_draft_is_the_new_users(open_browser: Open) -> None:
    browser = open_browser()
    version = save(browser, "drawn as a guest")
    browser.sign_up("asha")

    draft = browser.get(CURRENT).json()
    assert (draft["program"], draft["version"]) == ("drawn as a guest", version)
    assert browser.write("PUT", CURRENT, {"program": "x"}, headers={"If-Match": f'"{version}"'}).status_code == 200


def test_signing_in_without_a_draft_leaves_ones_own(open_browser: Open) -> None:
    browser, other = open_browser(), open_browser()
    browser.sign_up("asha")
    save(browser, "mine")

    other.sign_in("asha")

    assert listed(other) == ["current"]
    assert programs(other) == {"mine"}


def test_neither_draft_replaces_the_other(open_browser: Open) -> None:
    browser, other = open_browser(), open_browser()
    browser.sign_up("asha")
    save(browser, "mine")
    save(other, "drawn as a guest")

    other.sign_in("asha")

    assert other.get(CURRENT).json()["program"] == "mine"
    current, aside = listed(other)
    assert current == "current"
    assert other.get(f"{API}/drafts/{aside}").json()["program"] == "drawn as a guest"


def test_a_draft_that_was_set_aside_takes_the_place_of_the_current_one(open_browser: Open) -> None:
    browser, other = open_browser(), open_browser()
    browser.sign_up("asha")
    old = save(browser, "mine")
    save(other, "drawn as a guest")
    other.sign_in("asha")
    aside = listed(other)[1]

    answer = other.write("POST", f"{API}/drafts/{aside}/restore")

    assert answer.json()["program"] == "drawn as a guest"
    assert other.get(CURRENT).json() == answer.json()
    assert answer.headers["ETag"] == f'"{answer.json()["version"]}"'
    assert programs(other) == {"mine", "drawn as a guest"}
    stale = browser.write("PUT", CURRENT, {"program": "mine, edited"}, headers={"If-Match": f'"{old}"'})
    assert problem(stale) == (412, "stale")


def test_drafts_of_several_guests_are_all_kept(open_browser: Open) -> None:
    browsers = [open_browser() for _ in range(3)]
    for number, browser in enumerate(browsers):
        save(browser, f"drawn at {number}")
    browsers[0].sign_up("asha")
    for browser in browsers[1:]:
        browser.sign_in("asha")
        browser.get(CURRENT)

    assert programs(browsers[0]) == {"drawn at 0", "drawn at 1", "drawn at 2"}


def test_what_was_set_aside_can_be_deleted_and_is_nobody_elses(open_browser: Open) -> None:
    browser, other, stranger = open_browser(), open_browser(), open_browser()
    browser.sign_up("asha")
    save(browser, "mine")
    save(other, "drawn as a guest")
    other.sign_in("asha")
    aside = listed(other)[1]

    for answer in (
        stranger.get(f"{API}/drafts/{aside}"),
        stranger.write("POST", f"{API}/drafts/{aside}/restore"),
        stranger.write("DELETE", f"{API}/drafts/{aside}"),
    ):
        assert problem(answer) == (404, "no-draft")
    assert other.write("DELETE", f"{API}/drafts/{aside}").status_code == 204
    assert listed(other) == ["current"]


def test_the_guest_who_became_a_user_has_no_draft_any_more(open_browser: Open) -> None:
    browser = open_browser()
    save(browser, "drawn as a guest")
    browser.sign_up("asha")
    browser.get(CURRENT)
    browser.post(f"{AUTH}/logout")
    browser.become_guest()

    assert problem(browser.get(CURRENT)) == (404, "no-draft")
