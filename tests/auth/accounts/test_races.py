"""What happens when two things are done to one account at once."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, text
from tests.auth.browsing import AUTH, OTHER_PASSWORD, PASSWORD, Browser
from tests.auth.conftest import OpenBrowser


@pytest.fixture
def asha(browser: Browser) -> Browser:
    """Return the browser of somebody who is signed in."""
    browser.sign_up("asha")
    return browser


def test_a_session_never_outlives_the_password_that_began_it(
    asha: Browser, open_browser: OpenBrowser, database: Engine
) -> None:
    others = [open_browser() for _ in range(4)]
    stop = threading.Event()

    def keep_signing_in(browser: Browser) -> set[int]:
        statuses = set()
        while not stop.is_set():
            statuses.add(browser.sign_in("asha").status_code)
        return statuses

    with ThreadPoolExecutor(len(others)) as threads:
        running = [threads.submit(keep_signing_in, other) for other in others]
        change = {"current_password": PASSWORD, "new_password": OTHER_PASSWORD}
        assert asha.write("PUT", f"{AUTH}/me/password", change).status_code == 204
        stop.set()
        statuses = set().union(*(one.result() for one in running))
    assert statuses <= {200, 401}
    with database.connect() as connection:
        alive = connection.execute(text("SELECT count(*) FROM hub_sessions WHERE ended_at IS NULL")).scalar_one()
    assert alive == 1


def test_of_many_who_want_a_name_at_once_one_gets_it(open_browser: OpenBrowser) -> None:
    browsers = [open_browser() for _ in range(4)]
    with ThreadPoolExecutor(len(browsers)) as threads:
        statuses = list(threads.map(lambda browser: browser.sign_up("asha").status_code, browsers))

    assert sorted(statuses) == [201, 409, 409, 409]


def test_a_deletion_amid_sign_ins_and_refreshes_leaves_nothing(
    asha: Browser, open_browser: OpenBrowser, database: Engine
) -> None:
    others = [open_browser() for _ in range(3)]
    for other in others:
        other.sign_in("asha")
    stop = threading.Event()

    def keep_busy(browser: Browser) -> set[int]:
        statuses = set()
        while not stop.is_set():
            statuses |= {browser.refresh().status_code, browser.sign_in("asha").status_code}
        return statuses

    with ThreadPoolExecutor(len(others)) as threads:
        running = [threads.submit(keep_busy, other) for other in others]
        answer = asha.post(f"{AUTH}/me/delete", {"username": "asha", "current_password": PASSWORD})
        stop.set()
        statuses = set().union(*(one.result() for one in running))
    assert answer.status_code == 204
    assert statuses <= {200, 401, 403}
    with database.connect() as connection:
        for table in ("hub_users", "hub_sessions", "auth_credentials"):
            assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() == 0
