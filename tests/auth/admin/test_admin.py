"""Administrators: users, registration, the record of events; and the first of them, from the command line."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from tests.auth.browsing import API, AUTH, OTHER_PASSWORD, PASSWORD, Browser, problem_of
from tests.auth.conftest import OpenBrowser
from tests.waiting import until

from xatra_auth.settings import AuthSettings


@pytest.fixture
def admin(open_browser: OpenBrowser, database: Engine, api_url: str) -> Browser:
    """Return an administrator's browser."""
    browser = open_browser(api_url=api_url)
    browser.sign_up("ravi")
    with database.begin() as connection:
        connection.execute(text("UPDATE hub_users SET is_admin = true"))
    browser.refresh()
    return browser


@pytest.fixture
def asha(open_browser: OpenBrowser, admin: Browser, api_url: str) -> Browser:
    """Return the browser of a user."""
    browser = open_browser(api_url=api_url)
    browser.sign_up("asha")
    return browser


def change(admin: Browser, username: str, **wish: bool) -> str | None:
    """Return the problem, if there is one."""
    answer = admin.write("PATCH", f"{AUTH}/admin/users/{username}", wish)
    return None if answer.status_code == 200 else problem_of(answer)


@pytest.mark.parametrize(
    "method_and_path",
    [
        "GET /users",
        "GET /users/asha",
        "PATCH /users/asha",
        "GET /users/asha/sessions",
        "DELETE /users/asha/sessions",
        "POST /users/asha/reset-link",
        "GET /registration",
        "PUT /registration",
        "GET /events",
    ],
)
def test_what_is_for_administrators_answers_nobody_else(
    asha: Browser, open_browser: OpenBrowser, method_and_path: str
) -> None:
    method, path = method_and_path.split()
    body = {"PATCH": {"is_admin": True}, "PUT": {"is_open": False}}.get(method)

    assert problem_of(asha.write(method, f"{AUTH}/admin{path}", body)) == "admins-only"
    assert problem_of(open_browser().write(method, f"{AUTH}/admin{path}", body)) == "not-signed-in"


def test_an_administrator_who_is_none_any_more_is_refused_at_once(admin: Browser, database: Engine) -> None:
    assert admin.get(f"{AUTH}/admin/users").status_code == 200
    with database.begin() as connection:
        connection.execute(text("UPDATE hub_users SET is_admin = false"))

    assert admin.problem(f"{AUTH}/admin/users") == "admins-only"


def test_users_are_found_by_name_full_name_and_address_page_by_page(
    admin: Browser, open_browser: OpenBrowser, database: Engine
) -> None:
    for number in range(3):
        open_browser().sign_up(f"user{number}")
    with database.begin() as connection:
        connection.execute(text("UPDATE hub_users SET full_name = 'Asha Rao' WHERE username = 'user1'"))
        connection.execute(text("UPDATE hub_users SET email = 'asha@maps.example' WHERE username = 'user2'"))

    def names(query: str) -> list[str]:
        return [user["username"] for user in admin.get(f"{AUTH}/admin/users?{query}").json()["users"]]

    assert names("q=ASHA") == ["user1", "user2"]
    assert names("q=user0") == ["user0"]
    assert names("q=%25") == []
    first = admin.get(f"{AUTH}/admin/users?limit=2").json()
    assert [user["username"] for user in first["users"]] == ["ravi", "user0"]
    assert names(f"limit=2&after={first['next']}") == ["user1", "user2"]
    assert admin.get(f"{AUTH}/admin/users?limit=2&after=user0").json()["next"] is None


def test_trust_holds_within_a_second(admin: Browser, asha: Browser) -> None:
    assert change(admin, "asha", is_trusted=True) is None

    until(lambda: asha.get(f"{API}/files").status_code == 401, seconds=1)
    assert asha.refresh().json()["user"]["is_trusted"] is True
    assert asha.get(f"{API}/files").status_code == 200


def test_who_is_disabled_is_out_everywhere_within_a_second_and_comes_back_when_enabled(
    admin: Browser, asha: Browser
) -> None:
    assert change(admin, "asha", is_disabled=True) is None

    until(lambda: asha.get(f"{API}/files").status_code == 401, seconds=1)
    assert asha.refresh().status_code == 401
    assert problem_of(asha.sign_in("asha")) == "account-disabled"
    assert asha.problem(f"{AUTH}/users/asha") == "user-not-found"
    assert change(admin, "asha", is_disabled=False) is None
    assert asha.sign_in("asha").status_code == 200


def test_changes_and_refreshes_at_once_do_not_block_each_other(
    admin: Browser, asha: Browser, open_browser: OpenBrowser
) -> None:
    others = [open_browser() for _ in range(3)]
    for other in others:
        other.sign_in("asha")
    stop = threading.Event()

    def refresh(browser: Browser) -> set[int]:
        statuses = set()
        while not stop.is_set():
            statuses.add(browser.refresh().status_code)
        return statuses

    with ThreadPoolExecutor(3) as threads:
        running = [threads.submit(refresh, other) for other in others]
        for number in range(20):
            assert change(admin, "asha", is_trusted=number % 2 == 0) is None
            assert admin.write("DELETE", f"{AUTH}/admin/users/asha/sessions").status_code == 204
        stop.set()
        statuses = set().union(*(one.result() for one in running))
    assert statuses <= {200, 401}


def test_what_is_left_out_stays(admin: Browser, asha: Browser) -> None:
    change(admin, "asha", is_trusted=True)
    change(admin, "asha", is_admin=True)
    user = admin.get(f"{AUTH}/admin/users/asha").json()

    assert (user["is_trusted"], user["is_admin"], user["is_disabled"]) == (True, True, False)


@pytest.mark.parametrize("wish", [{"is_admin": False}, {"is_disabled": True}])
def test_the_last_administrator_stays(admin: Browser, asha: Browser, wish: dict[str, bool]) -> None:
    assert change(admin, "ravi", **wish) == "last-admin"
    assert change(admin, "asha", is_admin=True) is None
    assert change(admin, "ravi", **wish) is None


def test_an_administrator_sees_and_ends_somebodys_sessions(admin: Browser, asha: Browser) -> None:
    assert len(admin.get(f"{AUTH}/admin/users/asha/sessions").json()["sessions"]) == 1

    assert admin.write("DELETE", f"{AUTH}/admin/users/asha/sessions").status_code == 204
    until(lambda: asha.get(f"{API}/files").status_code == 401, seconds=1)
    assert asha.refresh().status_code == 401
    assert admin.get(f"{AUTH}/admin/users/asha/sessions").json()["sessions"] == []


def test_administrators_close_and_open_registration(admin: Browser, open_browser: OpenBrowser) -> None:
    stranger = open_browser()
    closed = admin.write("PUT", f"{AUTH}/admin/registration", {"is_open": False})

    assert closed.json() == {"is_open": False, "is_forbidden": False}
    assert stranger.get(f"{AUTH}/ways-in").json()["registration_open"] is False
    assert problem_of(stranger.sign_up("asha")) == "registration-closed"
    admin.write("PUT", f"{AUTH}/admin/registration", {"is_open": True})
    assert stranger.sign_up("asha").status_code == 201


def test_the_operators_word_stands_above_the_administrators(
    admin: Browser, serve: Callable[..., str], open_browser: OpenBrowser
) -> None:
    closed = open_browser(serve(enable_registration=False))
    closed.sign_in("ravi")

    assert closed.write("PUT", f"{AUTH}/admin/registration", {"is_open": True}).json()["is_forbidden"] is True
    assert problem_of(open_browser(closed.urls[AUTH]).sign_up("asha")) == "registration-closed"


def test_events_are_recorded_with_who_did_them_and_from_where(admin: Browser, asha: Browser) -> None:
    asha.sign_in("asha", OTHER_PASSWORD)
    change(admin, "asha", is_trusted=True)
    number = admin.get(f"{AUTH}/admin/users/asha").json()["id"]
    events = admin.get(f"{AUTH}/admin/events?user_id={number}").json()["events"]

    assert [event["event"] for event in events] == ["account-changed", "sign-in-failed", "signed-in", "signed-up"]
    assert {event["username"] for event in events} == {"asha"}
    assert (events[0]["actor"], events[0]["details"]) == ("ravi", {"is_trusted": True})
    assert events[1]["address"] == "127.0.0.1/32"
    page = admin.get(f"{AUTH}/admin/events?user_id={number}&limit=3").json()
    assert page["next"] == page["events"][-1]["id"]
    rest = admin.get(f"{AUTH}/admin/events?user_id={number}&limit=3&before={page['next']}").json()
    assert [event["event"] for event in rest["events"]] == ["signed-up"]
    failed = admin.get(f"{AUTH}/admin/events?event=sign-in-failed").json()["events"]
    assert [event["event"] for event in failed] == ["sign-in-failed"]


def test_events_cannot_be_changed_by_the_service_itself(database: Engine) -> None:
    with database.connect() as connection:
        rights = connection.execute(
            text("SELECT has_table_privilege('auth_events', 'UPDATE') OR has_table_privilege('auth_events', 'DELETE')")
        )
        assert rights.scalar_one() is False


def run(settings: AuthSettings, *arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
    """Run the command line as an operator does."""
    return subprocess.run(
        [sys.executable, "-m", "xatra_auth", *arguments],
        env={
            "PATH": os.environ["PATH"],
            "DATABASE_URL": settings.database_url.get_secret_value(),
            "REDIS_URL": settings.redis_url.get_secret_value(),
            "GUEST_SECRET": settings.guest_secret.get_secret_value(),
            "SIGNING_KEY": settings.signing_key.get_secret_value(),
            **changes,
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def test_the_first_administrator_is_made_on_the_command_line(
    settings: AuthSettings, browser: Browser, tmp_path: Path
) -> None:
    password = tmp_path / "password"
    password.write_text(f"{PASSWORD}\n")
    made = run(settings, "create-admin", "Ravi.Kumar@maps.example", "--password-file", str(password))

    assert (made.returncode, made.stdout) == (0, "ravi.kumar is a new administrator.\n")
    assert PASSWORD not in made.stdout + made.stderr
    assert browser.sign_in("ravi.kumar@maps.example").status_code == 200
    assert browser.get(f"{AUTH}/admin/users").status_code == 200


def test_an_account_becomes_an_administrators_by_its_verified_address(
    settings: AuthSettings, browser: Browser, database: Engine
) -> None:
    browser.sign_up("asha")
    with database.begin() as connection:
        connection.execute(text("UPDATE hub_users SET email = 'asha@maps.example', email_verified = true"))
    made = run(settings, "create-admin", "asha@maps.example")

    assert (made.returncode, made.stdout) == (0, "asha is now an administrator.\n")
    browser.sign_in("asha")
    assert browser.get(f"{AUTH}/admin/users").status_code == 200


def test_a_name_that_is_taken_or_reserved_gets_a_number(
    settings: AuthSettings, browser: Browser, tmp_path: Path
) -> None:
    browser.sign_up("asha")
    password = tmp_path / "password"
    password.write_text(PASSWORD)

    for email, name in (("asha@maps.example", "asha2"), ("admin@maps.example", "admin2"), ("é@maps.example", "maps")):
        made = run(settings, "create-admin", email, "--password-file", str(password))
        assert made.stdout.split()[0].rstrip("0123456789") == name.rstrip("0123456789"), made.stderr


def test_what_cannot_be_is_said_in_a_sentence(settings: AuthSettings, tmp_path: Path) -> None:
    password = tmp_path / "password"
    password.write_text("short")
    for arguments in (
        ["create-admin", "ravi@maps.example", "--password-file", str(password)],
        ["reset-password", "nobody-here"],
    ):
        refused = run(settings, *arguments)
        assert refused.returncode == 1
        assert refused.stderr.count("\n") == 1
        assert "Traceback" not in refused.stderr
    nowhere = run(settings, "reset-password", "asha", DATABASE_URL="postgresql+psycopg://x:y@127.0.0.1:1/x")
    assert (nowhere.returncode, nowhere.stderr.count("\n")) == (1, 1)


def test_a_reset_link_is_printed(settings: AuthSettings, browser: Browser) -> None:
    browser.sign_up("asha")
    printed = run(settings, "reset-password", "asha")
    token = printed.stdout.splitlines()[0].partition("#token=")[2]

    answer = browser.post(f"{AUTH}/password/reset", {"token": token, "new_password": OTHER_PASSWORD})
    assert answer.status_code == 204
