"""What somebody does with their own account: profile, password, name, data, deletion."""

import json
from collections.abc import Callable

import pytest
from sqlalchemy import Engine, text
from tests.auth.browsing import API, AUTH, OTHER_PASSWORD, PASSWORD, Browser, problem_of
from tests.auth.conftest import OpenBrowser
from tests.waiting import until


@pytest.fixture
def asha(open_browser: OpenBrowser, api_url: str) -> Browser:
    """Return the browser of somebody who is signed in."""
    browser = open_browser(api_url=api_url)
    browser.sign_up("asha")
    return browser


def rename(browser: Browser, username: str, password: str | None = PASSWORD) -> str:
    """Return the problem, or the new name."""
    answer = browser.write("PUT", f"{AUTH}/me/username", {"username": username, "current_password": password})
    if answer.status_code != 200:
        return problem_of(answer)
    until(lambda: not browser.is_signed_in())
    assert browser.refresh().status_code == 200
    return answer.json()["username"]


def without_password(database: Engine, *, signed_in_minutes_ago: int) -> None:
    with database.begin() as connection:
        connection.execute(text("DELETE FROM auth_credentials"))
        connection.execute(
            text("UPDATE hub_sessions SET created_at = now() - make_interval(mins => :minutes)"),
            {"minutes": signed_in_minutes_ago},
        )


@pytest.mark.parametrize(
    "method_and_path", ["GET /me", "PUT /me/profile", "GET /me/data", "GET /sessions", "DELETE /sessions"]
)
def test_what_is_somebodys_own_needs_a_sign_in(browser: Browser, method_and_path: str) -> None:
    method, path = method_and_path.split()
    body = {"full_name": "", "bio": ""} if method == "PUT" else None

    assert problem_of(browser.write(method, f"{AUTH}{path}", body)) == "not-signed-in"


def test_the_profile_is_what_everyone_sees(asha: Browser, open_browser: OpenBrowser) -> None:
    profile = {"full_name": "Asha Rao", "bio": "Draws rivers.\nनदी"}
    assert asha.write("PUT", f"{AUTH}/me/profile", profile).status_code == 200

    seen = open_browser().get(f"{AUTH}/users/asha").json()
    assert {**seen, **profile} == seen
    assert seen.keys() == {"username", "full_name", "bio", "created_at"}


@pytest.mark.parametrize(
    "profile",
    [{"full_name": "a\u0000", "bio": ""}, {"full_name": "", "bio": "\ud800"}, {"full_name": "", "bio": "x" * 5001}],
)
def test_a_profile_that_cannot_be_kept_is_422(asha: Browser, profile: dict[str, str]) -> None:
    answer = asha.client.put(
        asha.address(f"{AUTH}/me/profile"),
        content=json.dumps(profile),
        headers={"Content-Type": "application/json", "X-CSRF-Token": asha.csrf_token or ""},
    )
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"current_password": OTHER_PASSWORD, "new_password": OTHER_PASSWORD}, "wrong-password"),
        ({"new_password": OTHER_PASSWORD}, "wrong-password"),
        ({"current_password": PASSWORD, "new_password": "short"}, "password-too-short"),
        ({"current_password": PASSWORD, "new_password": "asha-1234567890"}, "password-too-common"),
    ],
)
def test_a_password_change_needs_the_current_one_and_a_good_new_one(
    asha: Browser, open_browser: OpenBrowser, change: dict[str, str], problem: str
) -> None:
    assert problem_of(asha.write("PUT", f"{AUTH}/me/password", change)) == problem
    assert open_browser().sign_in("asha").status_code == 200


def test_an_account_without_a_password_gets_its_first_soon_after_a_sign_in(asha: Browser, database: Engine) -> None:
    without_password(database, signed_in_minutes_ago=11)
    change = {"new_password": OTHER_PASSWORD}
    assert problem_of(asha.write("PUT", f"{AUTH}/me/password", change)) == "recent-sign-in-needed"

    without_password(database, signed_in_minutes_ago=9)
    assert asha.write("PUT", f"{AUTH}/me/password", change).status_code == 204
    assert asha.sign_in("asha", OTHER_PASSWORD).status_code == 200


def test_a_former_name_leads_to_the_present_one_and_is_nobody_elses_ever(
    asha: Browser, open_browser: OpenBrowser
) -> None:
    stranger = open_browser()
    assert rename(asha, "asha.rao") == "asha.rao"

    moved = stranger.get(f"{AUTH}/users/asha")
    assert (moved.status_code, moved.headers["location"]) == (308, f"{AUTH}/users/asha.rao")
    assert problem_of(stranger.sign_up("asha")) == "username-taken"
    assert stranger.sign_in("asha").status_code == 401
    assert stranger.sign_in("asha.rao").status_code == 200
    stranger.sign_up("ravi")
    assert rename(stranger, "asha") == "username-taken"


def test_a_former_name_can_be_taken_back(asha: Browser) -> None:
    rename(asha, "asha.rao")

    assert rename(asha, "asha") == "asha"


def test_nobody_uses_up_many_names(asha: Browser) -> None:
    for number in range(4):
        assert rename(asha, f"asha{number}") == f"asha{number}"

    assert rename(asha, "asha4") == "too-many-names"
    assert rename(asha, "asha1") == "asha1"


@pytest.mark.parametrize(
    ("username", "password", "problem"),
    [
        ("api", PASSWORD, "username-not-allowed"),
        ("Asha", PASSWORD, "username-not-allowed"),
        ("asha2", OTHER_PASSWORD, "wrong-password"),
    ],
)
def test_a_name_that_cannot_be_had_leaves_all_as_it_was(
    asha: Browser, username: str, password: str, problem: str
) -> None:
    assert rename(asha, username, password) == problem
    assert asha.get(f"{AUTH}/me").json()["username"] == "asha"


def test_somebody_downloads_all_that_is_kept_of_them_without_secrets(asha: Browser, database: Engine) -> None:
    answer = asha.get(f"{AUTH}/me/data")
    data = answer.json()

    assert answer.headers["content-disposition"] == 'attachment; filename="asha.json"'
    assert data["account"]["username"] == "asha"
    assert data["names"] == ["asha"]
    assert [session["address"] for session in data["sessions"]] == ["127.0.0.1/32"]
    assert [event["event"] for event in data["events"]] == ["signed-up", "signed-in", "data-downloaded"]
    with database.connect() as connection:
        password_hash = connection.execute(text("SELECT password_hash FROM auth_credentials")).scalar_one()
    assert password_hash not in answer.text
    assert "hash" not in answer.text


def test_a_deleted_account_is_gone_and_its_name_stays_taken(
    asha: Browser, open_browser: OpenBrowser, database: Engine
) -> None:
    copy = open_browser(api_url=asha.urls[API])
    copy.set_cookie("xatra_access", asha.cookies["xatra_access"], "/xatra")
    confirmed = {"username": "asha", "current_password": PASSWORD}
    assert problem_of(asha.post(f"{AUTH}/me/delete", {**confirmed, "username": "ravi"})) == "not-confirmed"
    assert problem_of(asha.post(f"{AUTH}/me/delete", {**confirmed, "current_password": "x"})) == "wrong-password"

    assert asha.post(f"{AUTH}/me/delete", confirmed).status_code == 204
    assert asha.cookies == {}
    until(lambda: copy.get(f"{API}/files").status_code == 401, seconds=1)
    assert problem_of(asha.sign_in("asha")) == "wrong-credentials"
    assert problem_of(open_browser().sign_up("asha")) == "username-taken"
    assert asha.problem(f"{AUTH}/users/asha") == "user-not-found"
    with database.connect() as connection:
        for table in ("hub_users", "hub_sessions", "auth_credentials"):
            assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() == 0
        assert connection.execute(text("SELECT count(*) FROM deleted_users")).scalar_one() == 1


def test_the_last_administrator_cannot_delete_the_account(asha: Browser, database: Engine) -> None:
    with database.begin() as connection:
        connection.execute(text("UPDATE hub_users SET is_admin = true"))

    assert (
        problem_of(asha.post(f"{AUTH}/me/delete", {"username": "asha", "current_password": PASSWORD})) == "last-admin"
    )


def test_a_guests_files_are_the_users_after_sign_in(open_browser: OpenBrowser, api_url: str) -> None:
    browser = open_browser(api_url=api_url)
    browser.become_guest()
    upload = browser.client.put(
        browser.address(f"{API}/files"),
        params={"name": "a.csv"},
        content=b"a,b\n1,2\n",
        headers={"X-CSRF-Token": browser.csrf_token or ""},
    )
    before = dict(browser.cookies)
    assert upload.status_code == 201

    browser.sign_up("asha")
    assert [file["sha256"] for file in browser.get(f"{API}/files").json()["files"]] == [upload.json()["sha256"]]
    returned = open_browser(api_url=api_url)
    returned.set_cookie("xatra_guest", before["xatra_guest"], "/xatra")
    assert returned.get(f"{API}/files").json()["files"] == []


def test_what_a_guest_asked_for_is_read_cancelled_and_counted_as_the_users(
    open_browser: OpenBrowser, serve_api: Callable[..., str], idle_worker: Engine
) -> None:
    browser = open_browser(api_url=serve_api(user_active_renders=2))
    browser.become_guest()
    asked = browser.post(f"{API}/renders", {"program": "x = 1"})
    browser.sign_up("asha")

    assert browser.get(asked.headers["location"]).json()["state"] == "queued"
    assert browser.post(f"{API}/renders", {"program": "x = 2"}).status_code == 202
    assert problem_of(browser.post(f"{API}/renders", {"program": "x = 3"})) == "too-many-renders"
    assert browser.write("DELETE", asked.headers["location"]).json()["state"] == "cancelled"
    assert browser.post(f"{API}/renders", {"program": "x = 3"}).status_code == 202


def test_limits_differ_for_guests_users_and_trusted_users(
    open_browser: OpenBrowser, serve_api: Callable[..., str], idle_worker: Engine, database: Engine
) -> None:
    api_url = serve_api(
        caller_active_renders=1, user_active_renders=2, trusted_active_renders=3, address_active_renders=1
    )

    def admitted(browser: Browser) -> int:
        answers = [browser.post(f"{API}/renders", {"program": f"x = {number}\n# {id(browser)}"}) for number in range(5)]
        return sum(answer.status_code == 202 for answer in answers)

    guest, user, trusted = (open_browser(api_url=api_url) for _ in range(3))
    guest.become_guest()
    user.sign_up("asha")
    trusted.sign_up("ravi")
    with database.begin() as connection:
        connection.execute(text("UPDATE hub_users SET is_trusted = true WHERE username = 'ravi'"))
    trusted.refresh()

    assert [admitted(browser) for browser in (guest, user, trusted)] == [1, 2, 3]
