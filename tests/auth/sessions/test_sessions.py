"""Sessions: how they go on, and how they end on every service within a second."""

import time
from collections.abc import Callable

import pytest
import redis
from sqlalchemy import Engine, text
from tests.auth.browsing import API, AUTH, OTHER_PASSWORD, Browser, problem_of
from tests.auth.conftest import OpenBrowser

REFRESH = "xatra_refresh"


@pytest.fixture
def visitor(open_browser: OpenBrowser, api_url: str) -> Browser:
    """Return a browser on both services, signed in."""
    browser = open_browser(api_url=api_url)
    browser.sign_up("asha")
    return browser


def rewind(database: Engine, seconds: float) -> None:
    """Let the last refresh of all sessions have been so long ago."""
    with database.begin() as connection:
        connection.execute(
            text("UPDATE hub_sessions SET refreshed_at = refreshed_at - make_interval(secs => :seconds)"),
            {"seconds": seconds},
        )


def events(database: Engine) -> list[str]:
    with database.connect() as connection:
        return list(connection.execute(text("SELECT event FROM auth_events ORDER BY id")).scalars())


def ended_within_a_second(browser: Browser, path: str) -> bool:
    """Tell whether an address stops answering in time to who was signed in."""
    deadline = time.monotonic() + 1
    while time.monotonic() < deadline:
        answer = browser.get(path)
        if answer.status_code == 401:
            return problem_of(answer) == "access-token-void"
        time.sleep(0.02)
    return False


def test_a_refresh_gives_new_tokens_and_the_session_goes_on(visitor: Browser) -> None:
    before = visitor.cookies

    assert visitor.refresh().json()["user"]["username"] == "asha"
    assert visitor.cookies[REFRESH] != before[REFRESH]
    assert visitor.is_signed_in()
    assert visitor.refresh().status_code == 200
    assert len(visitor.get(f"{AUTH}/sessions").json()["sessions"]) == 1


def test_a_refresh_token_that_was_used_before_ends_the_session_everywhere(
    visitor: Browser, open_browser: OpenBrowser, database: Engine
) -> None:
    stolen = visitor.cookies[REFRESH]
    visitor.refresh()
    rewind(database, 21)
    thief = open_browser()
    thief.set_cookie(REFRESH, stolen, AUTH)
    thief.csrf_token = visitor.csrf_token

    assert problem_of(thief.refresh()) == "session-ended"
    assert ended_within_a_second(visitor, f"{API}/files")
    assert problem_of(visitor.refresh()) == "session-ended"
    assert "refresh-token-reused" in events(database)


def test_an_older_token_is_a_theft_at_once_and_without_a_csrf_token(
    visitor: Browser, open_browser: OpenBrowser
) -> None:
    stolen = visitor.cookies[REFRESH]
    visitor.refresh()
    visitor.refresh()
    thief = open_browser()
    thief.set_cookie(REFRESH, stolen, AUTH)

    assert problem_of(thief.refresh()) == "session-ended"
    assert problem_of(visitor.refresh()) == "session-ended"


def test_two_tabs_that_refresh_at_once_get_the_same_token(visitor: Browser, open_browser: OpenBrowser) -> None:
    other_tab = open_browser()
    other_tab.set_cookie(REFRESH, visitor.cookies[REFRESH], AUTH)
    other_tab.csrf_token = visitor.csrf_token

    assert visitor.refresh().status_code == 200
    assert other_tab.refresh().status_code == 200
    assert other_tab.cookies[REFRESH] == visitor.cookies[REFRESH]
    assert visitor.refresh().status_code == 200


@pytest.mark.parametrize("cookie", ["", "nonsense", "A" * 64, "é" * 64, "A" * 4000])
def test_a_token_that_we_did_not_make_ends_nobodys_session_and_is_cleared(
    visitor: Browser, open_browser: OpenBrowser, cookie: str
) -> None:
    stranger = open_browser()
    answer = stranger.client.post(
        stranger.address(f"{AUTH}/refresh"), headers=[(b"cookie", f"{REFRESH}={cookie}".encode())]
    )

    assert problem_of(answer) == "session-ended"
    assert {header.partition("=")[0] for header in answer.headers.get_list("set-cookie")} == {REFRESH, "xatra_access"}
    assert visitor.refresh().status_code == 200


def test_with_the_family_of_a_token_alone_nobody_gets_in(visitor: Browser, open_browser: OpenBrowser) -> None:
    family = visitor.cookies[REFRESH][:20]
    thief = open_browser()
    thief.set_cookie(REFRESH, family + "A" * 44, AUTH)
    thief.csrf_token = visitor.csrf_token

    assert thief.refresh().status_code == 401


def test_refresh_tokens_are_kept_as_digests_alone(visitor: Browser, database: Engine) -> None:
    visitor.refresh()
    with database.connect() as connection:
        kept = str(connection.execute(text("SELECT * FROM hub_sessions")).all())

    assert visitor.cookies[REFRESH] not in kept
    assert visitor.cookies[REFRESH][:20] not in kept


def test_an_access_token_expires_and_can_be_refreshed(
    serve: Callable[..., str], open_browser: OpenBrowser, api_url: str
) -> None:
    browser = open_browser(serve(access_token_seconds=1), api_url)
    browser.sign_up("asha")
    assert browser.get(f"{API}/files").status_code == 200
    time.sleep(7.5)  # the life of the token and the difference that clocks may have

    assert browser.problem(f"{API}/files") == "access-token-expired"
    assert browser.problem(f"{AUTH}/me") == "access-token-expired"
    assert browser.refresh().status_code == 200
    assert browser.get(f"{API}/files").status_code == 200


def test_a_session_ends_when_it_was_not_used_for_long(
    serve: Callable[..., str], open_browser: OpenBrowser, database: Engine
) -> None:
    browser = open_browser(serve(session_idle_hours=2))
    browser.sign_up("asha")
    rewind(database, 2 * 3600 - 60)
    assert browser.refresh().status_code == 200
    rewind(database, 2 * 3600 + 1)

    assert problem_of(browser.refresh()) == "session-ended"


def test_a_session_ends_in_the_end_however_much_it_is_used(visitor: Browser, database: Engine) -> None:
    with database.begin() as connection:
        connection.execute(text("UPDATE hub_sessions SET expires_at = now() + interval '2 minutes'"))
    answer = visitor.refresh()
    assert "Max-Age=1" in answer.headers.get_list("set-cookie")[0]
    with database.begin() as connection:
        connection.execute(text("UPDATE hub_sessions SET expires_at = now()"))

    assert problem_of(visitor.refresh()) == "session-ended"
    assert visitor.cookies == {}


def test_sessions_are_listed_with_where_they_are_from(visitor: Browser, open_browser: OpenBrowser) -> None:
    open_browser(**{"User-Agent": "Telephone/1.0"}).sign_in("asha")
    listed = visitor.get(f"{AUTH}/sessions").json()["sessions"]

    assert listed[0]["user_agent"] == "Telephone/1.0"
    assert [session["is_current"] for session in listed] == [False, True]
    assert {session["address"] for session in listed} == {"127.0.0.1/32"}


def test_a_session_that_is_revoked_ends_on_every_service_within_a_second(
    visitor: Browser, open_browser: OpenBrowser, api_url: str
) -> None:
    elsewhere = open_browser(api_url=api_url)
    elsewhere.sign_in("asha")
    assert elsewhere.get(f"{API}/files").status_code == 200
    session = next(one for one in visitor.get(f"{AUTH}/sessions").json()["sessions"] if not one["is_current"])

    assert visitor.write("DELETE", f"{AUTH}/sessions/{session['id']}").status_code == 204
    assert ended_within_a_second(elsewhere, f"{API}/files")
    assert ended_within_a_second(elsewhere, f"{AUTH}/me")
    assert problem_of(elsewhere.refresh()) == "session-ended"
    assert visitor.get(f"{API}/files").status_code == 200


def test_nobody_revokes_somebody_elses_session(visitor: Browser, open_browser: OpenBrowser) -> None:
    stranger = open_browser()
    stranger.sign_up("ravi")
    own = visitor.get(f"{AUTH}/sessions").json()["sessions"][0]["id"]

    for session_id in (own, own + 1000):
        assert problem_of(stranger.write("DELETE", f"{AUTH}/sessions/{session_id}")) == "session-not-found"
    assert visitor.is_signed_in()


def test_all_other_sessions_can_be_ended_at_once(visitor: Browser, open_browser: OpenBrowser, api_url: str) -> None:
    others = [open_browser(api_url=api_url) for _ in range(2)]
    for other in others:
        other.sign_in("asha")

    assert visitor.write("DELETE", f"{AUTH}/sessions").status_code == 204
    assert all(ended_within_a_second(other, f"{API}/files") for other in others)
    assert visitor.get(f"{API}/files").status_code == 200


def test_signing_out_ends_the_access_token_everywhere_within_a_second(
    visitor: Browser, open_browser: OpenBrowser, api_url: str
) -> None:
    copy = open_browser(api_url=api_url)
    copy.set_cookie("xatra_access", visitor.cookies["xatra_access"], "/xatra")
    assert copy.get(f"{API}/files").status_code == 200

    visitor.post(f"{AUTH}/logout")
    assert ended_within_a_second(copy, f"{API}/files")


def test_signing_in_again_ends_the_session_that_the_browser_had(
    visitor: Browser, open_browser: OpenBrowser, api_url: str
) -> None:
    copy = open_browser(api_url=api_url)
    copy.set_cookie("xatra_access", visitor.cookies["xatra_access"], "/xatra")

    assert visitor.sign_in("asha").status_code == 200
    assert ended_within_a_second(copy, f"{API}/files")
    assert visitor.get(f"{API}/files").status_code == 200


def test_what_was_revoked_stays_so_when_redis_is_flushed(
    visitor: Browser, open_browser: OpenBrowser, api_url: str, redis_urls: dict[str, str]
) -> None:
    copy = open_browser(api_url=api_url)
    copy.set_cookie("xatra_access", visitor.cookies["xatra_access"], "/xatra")
    visitor.post(f"{AUTH}/logout")
    assert ended_within_a_second(copy, f"{API}/files")
    with redis.Redis.from_url(redis_urls["xatra_operator"]) as client:
        client.flushall()
    time.sleep(1)

    assert copy.problem(f"{API}/files") == "access-token-void"


def test_a_revocation_after_redis_was_flushed_holds_within_a_second(
    visitor: Browser, open_browser: OpenBrowser, api_url: str, redis_urls: dict[str, str]
) -> None:
    copy = open_browser(api_url=api_url)
    copy.set_cookie("xatra_access", visitor.cookies["xatra_access"], "/xatra")
    with redis.Redis.from_url(redis_urls["xatra_operator"]) as client:
        client.flushall()

    visitor.post(f"{AUTH}/logout")
    assert ended_within_a_second(copy, f"{API}/files")


def test_a_process_that_starts_knows_what_was_revoked_before(
    visitor: Browser, open_browser: OpenBrowser, serve_api: Callable[..., str]
) -> None:
    access_token = visitor.cookies["xatra_access"]
    visitor.post(f"{AUTH}/logout")
    copy = open_browser(api_url=serve_api())
    copy.set_cookie("xatra_access", access_token, "/xatra")

    assert copy.problem(f"{API}/files") == "access-token-void"


def test_without_redis_revocations_hold_within_a_second_all_the_same(
    serve: Callable[..., str], serve_api: Callable[..., str], open_browser: OpenBrowser
) -> None:
    nowhere = {"redis_url": "redis://127.0.0.1:1/0"}
    auth_url, api_url = serve(**nowhere), serve_api(**nowhere)
    browser = open_browser(auth_url, api_url)
    assert browser.sign_up("asha").status_code == 201
    copy = open_browser(auth_url, api_url)
    copy.set_cookie("xatra_access", browser.cookies["xatra_access"], "/xatra")
    assert copy.get(f"{API}/files").status_code == 200

    browser.post(f"{AUTH}/logout")
    assert ended_within_a_second(copy, f"{API}/files")


def test_a_password_change_signs_all_other_browsers_out(
    visitor: Browser, open_browser: OpenBrowser, api_url: str
) -> None:
    other = open_browser(api_url=api_url)
    other.sign_in("asha")
    change = {"current_password": "seven lamps by the river", "new_password": OTHER_PASSWORD}

    assert visitor.write("PUT", f"{AUTH}/me/password", change).status_code == 204
    assert ended_within_a_second(other, f"{API}/files")
    assert visitor.get(f"{API}/files").status_code == 200
    assert visitor.refresh().status_code == 200
    assert other.sign_in("asha").status_code == 401
    assert other.sign_in("asha", OTHER_PASSWORD).status_code == 200


def test_what_an_access_token_states_follows_a_change_within_a_second(visitor: Browser) -> None:
    answer = visitor.write(
        "PUT", f"{AUTH}/me/username", {"username": "asha.rao", "current_password": "seven lamps by the river"}
    )
    assert answer.json()["username"] == "asha.rao"

    assert ended_within_a_second(visitor, f"{API}/files")
    assert visitor.refresh().status_code == 200
    assert visitor.get(f"{API}/files").status_code == 200
