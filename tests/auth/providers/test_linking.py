"""Accounts elsewhere are linked by who is signed in here, and unlinked as long as another way in is left."""

from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import httpx2
import pytest
from sqlalchemy import Engine, text
from tests.auth.browsing import AUTH, OTHER_PASSWORD, PASSWORD, Browser, problem_of
from tests.auth.conftest import OpenBrowser
from tests.auth.github.conftest import allow, failure_of
from tests.auth.github.conftest import sign_in as sign_in_by_github
from tests.auth.provider import Provider

BOTH = pytest.mark.parametrize("name", ["google", "github"])


def sign_in(browser: Browser, provider: Provider, name: str) -> bool:
    """Sign in by an account elsewhere, and tell whether that led anywhere."""
    if name == "google":
        browser.post(f"{AUTH}/google", {"credential": provider.id_token()})
    else:
        sign_in_by_github(browser)
        browser.csrf_token = browser.get(f"{AUTH}/csrf").json()["csrf_token"]
    return browser.is_signed_in()


def link(browser: Browser, provider: Provider, name: str, password: str | None = PASSWORD) -> str | None:
    """Link an account elsewhere, and return the problem, if there is one."""
    body = {} if password is None else {"current_password": password}
    if name == "google":
        answer = browser.post(f"{AUTH}/google/link", {"credential": provider.id_token(), **body})
        return None if answer.status_code == 200 else problem_of(answer)
    started = browser.post(f"{AUTH}/github/link", {"next": "/xatra/settings?tab=ways#in", **body})
    if started.status_code != 200:
        return problem_of(started)
    target = urlsplit(browser.get(allow(started.json()["authorization_url"])).headers["location"])
    assert (target.path, target.fragment) == ("/xatra/settings", "in")
    tab, _, told = target.query.partition("&")
    assert tab == "tab=ways"
    return told.removeprefix("provider=github&problem=") or None


def unlink(browser: Browser, name: str) -> httpx2.Response:
    return browser.write("DELETE", f"{AUTH}/{name}/link")


def ways(browser: Browser) -> dict[str, bool]:
    account = browser.get(f"{AUTH}/me").json()
    return {name: account[f"has_{name}"] for name in ("password", "google", "github")}


def age_sessions(database: Engine) -> None:
    with database.begin() as connection:
        connection.execute(text("UPDATE hub_sessions SET created_at = now() - interval '11 minutes'"))


@BOTH
def test_what_is_linked_signs_in(browser: Browser, open_browser: OpenBrowser, provider: Provider, name: str) -> None:
    browser.sign_up("ravi")
    assert link(browser, provider, name) is None
    elsewhere = open_browser()

    assert ways(browser) == {"password": True, "google": False, "github": False, name: True}
    assert sign_in(elsewhere, provider, name)
    assert elsewhere.get(f"{AUTH}/me").json() == browser.get(f"{AUTH}/me").json()


@BOTH
def test_only_who_is_signed_in_links(browser: Browser, provider: Provider, name: str) -> None:
    assert link(browser, provider, name) == "not-signed-in"
    assert problem_of(unlink(browser, name)) == "not-signed-in"


@BOTH
def test_linking_and_unlinking_need_the_sessions_csrf_token(browser: Browser, provider: Provider, name: str) -> None:
    browser.sign_up("ravi")
    browser.csrf_token = None

    assert link(browser, provider, name) == "csrf"
    assert problem_of(unlink(browser, name)) == "csrf"


@BOTH
def test_linking_asks_for_the_password(browser: Browser, provider: Provider, name: str) -> None:
    browser.sign_up("ravi")

    assert link(browser, provider, name, None) == "wrong-password"
    assert link(browser, provider, name, OTHER_PASSWORD) == "wrong-password"
    assert ways(browser)[name] is False


def test_who_has_no_password_links_within_ten_minutes_of_signing_in(
    browser: Browser, provider: Provider, database: Engine
) -> None:
    sign_in(browser, provider, "google")
    age_sessions(database)
    assert link(browser, provider, "github", None) == "recent-sign-in-needed"
    sign_in(browser, provider, "google")

    assert link(browser, provider, "github", None) is None
    assert ways(browser) == {"password": False, "google": True, "github": True}


@BOTH
def test_an_account_elsewhere_leads_to_one_account_of_ours(
    browser: Browser, open_browser: OpenBrowser, provider: Provider, name: str
) -> None:
    sign_in(browser, provider, name)
    other = open_browser()
    other.sign_up("ravi")

    assert link(other, provider, name) == "linked-to-other-account"
    assert ways(other)[name] is False


@BOTH
def test_an_account_of_ours_is_linked_to_one_account_of_a_provider(
    browser: Browser, provider: Provider, database: Engine, name: str
) -> None:
    browser.sign_up("ravi")
    assert [link(browser, provider, name) for _ in range(2)] == [None, None]
    with database.begin() as connection:
        connection.execute(text("UPDATE hub_users SET google_sub = '7' WHERE google_sub IS NOT NULL"))
        connection.execute(text("UPDATE hub_users SET github_id = 7 WHERE github_id IS NOT NULL"))

    assert link(browser, provider, name) == "another-linked"


def test_two_who_link_one_account_elsewhere_at_once_take_turns(open_browser: OpenBrowser, provider: Provider) -> None:
    browsers = [open_browser() for _ in range(2)]
    for number, browser in enumerate(browsers):
        browser.sign_up(f"ravi{number}")
    with ThreadPoolExecutor(2) as threads:
        problems = list(threads.map(lambda browser: link(browser, provider, "google"), browsers))

    assert sorted(problems, key=str) == [None, "linked-to-other-account"]


def test_a_used_token_links_nothing(browser: Browser, open_browser: OpenBrowser, provider: Provider) -> None:
    token = provider.id_token()
    browser.post(f"{AUTH}/google", {"credential": token})
    other = open_browser()
    other.sign_up("ravi")
    body = {"credential": token, "current_password": PASSWORD}

    assert problem_of(other.post(f"{AUTH}/google/link", body)) == "id-token-used"


@BOTH
def test_what_is_unlinked_signs_in_no_more_and_other_sessions_end(
    browser: Browser, open_browser: OpenBrowser, provider: Provider, name: str, database: Engine
) -> None:
    browser.sign_up("ravi")
    link(browser, provider, name)
    elsewhere = open_browser()
    sign_in(elsewhere, provider, name)

    assert unlink(browser, name).status_code == 204
    assert unlink(browser, name).status_code == 204
    assert ways(browser)[name] is False
    assert not elsewhere.is_signed_in()
    sign_in(elsewhere, provider, name)
    assert elsewhere.get(f"{AUTH}/me").json()["username"] != "ravi"
    with database.connect() as connection:
        rows = connection.execute(
            text("SELECT event, details FROM auth_events WHERE event IN ('linked', 'unlinked') ORDER BY id")
        ).all()
    assert rows == [("linked", {"provider": name}), ("unlinked", {"provider": name})]


@BOTH
def test_unlinking_needs_a_recent_sign_in(browser: Browser, provider: Provider, name: str, database: Engine) -> None:
    browser.sign_up("ravi")
    link(browser, provider, name)
    age_sessions(database)

    assert problem_of(unlink(browser, name)) == "recent-sign-in-needed"


@BOTH
def test_the_last_way_in_stays(browser: Browser, provider: Provider, name: str) -> None:
    sign_in(browser, provider, name)
    other = {"google": "github", "github": "google"}[name]
    assert problem_of(unlink(browser, name)) == "last-way-in"
    link(browser, provider, other, None)
    assert unlink(browser, name).status_code == 204
    assert problem_of(unlink(browser, other)) == "last-way-in"
    browser.write("PUT", f"{AUTH}/me/password", {"new_password": PASSWORD})

    assert unlink(browser, other).status_code == 204
    assert ways(browser) == {"password": True, "google": False, "github": False}


def test_of_two_ways_in_that_go_at_once_one_stays(browser: Browser, provider: Provider) -> None:
    sign_in(browser, provider, "google")
    link(browser, provider, "github", None)
    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(lambda name: unlink(browser, name).status_code, ["google", "github"]))

    assert sorted(answers) == [204, 409]
    assert sorted(ways(browser).values()) == [False, False, True]


def test_a_link_that_another_browser_began_is_not_ended_here(
    browser: Browser, open_browser: OpenBrowser, provider: Provider
) -> None:
    browser.sign_up("ravi")
    back = allow(browser.post(f"{AUTH}/github/link", {"current_password": PASSWORD}).json()["authorization_url"])
    other = open_browser()
    other.sign_up("asha")

    assert failure_of(other.get(back)) == "state-mismatch"
    assert ways(other)["github"] is False


@pytest.mark.parametrize("change", ["logout", "login"])
def test_a_link_needs_the_session_that_began_it(
    browser: Browser, open_browser: OpenBrowser, provider: Provider, change: str
) -> None:
    open_browser().sign_up("asha")
    browser.sign_up("ravi")
    back = allow(browser.post(f"{AUTH}/github/link", {"current_password": PASSWORD}).json()["authorization_url"])
    browser.post(f"{AUTH}/{change}", {"username": "asha", "password": PASSWORD} if change == "login" else None)

    assert browser.get(back).headers["location"] == "/xatra/?provider=github&problem=link-interrupted"
    browser.sign_in("ravi")
    assert ways(browser)["github"] is False


def test_a_link_outlives_the_access_token(browser: Browser, provider: Provider) -> None:
    browser.sign_up("ravi")
    back = allow(browser.post(f"{AUTH}/github/link", {"current_password": PASSWORD}).json()["authorization_url"])
    access_token = browser.cookies["xatra_access"]
    browser.client.cookies.delete("xatra_access")

    assert browser.get(back).headers["location"] == "/xatra/"
    browser.set_cookie("xatra_access", access_token, "/xatra")
    assert ways(browser)["github"] is True


def test_a_page_of_another_site_cannot_begin_a_link(browser: Browser) -> None:
    browser.sign_up("ravi")

    for name in ("google", "github"):
        answer = browser.write("POST", f"{AUTH}/{name}/link", {}, headers={"Origin": "https://evil.example"})
        assert problem_of(answer) == "foreign-origin"


def test_who_downloads_their_data_sees_what_is_linked(browser: Browser, provider: Provider) -> None:
    browser.sign_up("ravi")
    link(browser, provider, "google")
    link(browser, provider, "github")

    assert browser.get(f"{AUTH}/me/data").json()["linked_accounts"] == [
        {"provider": "google", "id": "110169484474386276334"},
        {"provider": "github", "id": "583231"},
    ]
