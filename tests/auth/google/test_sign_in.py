"""Signing in with Google: who comes into which account, and what it leaves behind."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest
import redis
from sqlalchemy import Engine, text
from tests.auth.browsing import AUTH, Browser, problem_of
from tests.auth.conftest import OpenBrowser
from tests.auth.provider import Provider


def sign_in(browser: Browser, credential: str, **more: object) -> httpx2.Response:
    return browser.post(f"{AUTH}/google", {"credential": credential, **more})


def events(database: Engine) -> list[tuple[str, dict[str, object]]]:
    with database.connect() as connection:
        return [(row.event, row.details) for row in connection.execute(text("SELECT * FROM auth_events ORDER BY id"))]


def test_who_is_new_gets_an_account_named_after_the_address_and_is_signed_in(
    browser: Browser, provider: Provider, database: Engine
) -> None:
    answer = sign_in(browser, provider.id_token())

    assert answer.status_code == 200
    user = answer.json()["user"]
    assert (user["username"], user["full_name"], user["email"]) == ("asha", "Asha Rao", "asha@maps.example")
    assert (user["email_verified"], user["has_google"], user["has_password"]) == (True, True, False)
    assert browser.get(f"{AUTH}/me").json() == user
    assert [event for event, _ in events(database)] == ["signed-up", "signed-in"]
    assert events(database)[1][1]["by"] == "google"


def test_an_account_is_known_by_googles_number_of_it_whatever_else_changes(
    browser: Browser, open_browser: OpenBrowser, provider: Provider
) -> None:
    user = sign_in(browser, provider.id_token()).json()["user"]
    later = sign_in(open_browser(), provider.id_token(email="rao@other.example", name="A. Rao")).json()["user"]
    other = sign_in(open_browser(), provider.id_token(sub="7", email="asha.rao@maps.example")).json()["user"]

    assert later == user
    assert other["id"] != user["id"]


def test_an_address_of_an_account_never_signs_into_it(
    browser: Browser, open_browser: OpenBrowser, provider: Provider, database: Engine
) -> None:
    browser.sign_up("asha")
    with database.begin() as connection:
        connection.execute(text("UPDATE hub_users SET email = 'Asha@Maps.example', email_verified = true"))
    stranger = open_browser()
    refused = sign_in(stranger, provider.id_token())

    assert problem_of(refused) == "email-belongs-to-account"
    assert "sign in to it" in refused.json()["detail"]
    assert stranger.cookies == {}
    assert events(database)[-1] == ("sign-in-failed", {"by": "google", "problem": "email-belongs-to-account"})


def test_an_address_that_somebody_only_claims_is_in_nobodys_way(
    browser: Browser, open_browser: OpenBrowser, provider: Provider, database: Engine
) -> None:
    browser.sign_up("asha")
    with database.begin() as connection:
        connection.execute(text("UPDATE hub_users SET email = 'asha@maps.example'"))

    assert sign_in(open_browser(), provider.id_token()).json()["user"]["username"] == "asha2"


@pytest.mark.parametrize(
    ("email", "username"),
    [
        ("asha@maps.example", "asha2"),
        ("admin@maps.example", "admin2"),
        ("Ravi.Varma+maps@maps.example", "ravi.varma-maps"),
        ("é@maps.example", "maps2"),
    ],
)
def test_names_are_folded_to_what_is_allowed_and_free(
    browser: Browser, open_browser: OpenBrowser, provider: Provider, email: str, username: str
) -> None:
    browser.sign_up("asha")

    assert sign_in(open_browser(), provider.id_token(email=email)).json()["user"]["username"] == username


def test_a_full_name_is_kept_as_far_as_it_is_one_line(browser: Browser, provider: Provider) -> None:
    name = "Asha\u0000\n\u202e Rao " + "o" * 200

    assert sign_in(browser, provider.id_token(name=name)).json()["user"]["full_name"] == "Asha Rao " + "o" * 91


def test_two_first_sign_ins_at_once_make_one_account(
    open_browser: OpenBrowser, provider: Provider, database: Engine
) -> None:
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda token: sign_in(open_browser(), token), [provider.id_token() for _ in "1234"]))

    assert [answer.status_code for answer in answers] == [200] * 4
    assert len({answer.json()["user"]["id"] for answer in answers}) == 1
    with database.connect() as connection:
        assert connection.execute(text("SELECT array_agg(username) FROM hub_usernames")).scalar_one() == ["asha"]


def test_with_registration_closed_strangers_stay_out_and_people_come_in(
    browser: Browser, serve: Callable[..., str], open_browser: OpenBrowser, provider: Provider
) -> None:
    sign_in(browser, provider.id_token())
    closed = serve(**provider.google, enable_registration=False)

    assert problem_of(sign_in(open_browser(closed), provider.id_token(sub="7", email="ravi@maps.example"))) == (
        "registration-closed"
    )
    assert sign_in(open_browser(closed), provider.id_token()).status_code == 200


def test_a_disabled_account_stays_shut(browser: Browser, provider: Provider, database: Engine) -> None:
    sign_in(browser, provider.id_token())
    with database.begin() as connection:
        connection.execute(text("UPDATE hub_users SET disabled_at = now()"))

    assert problem_of(sign_in(browser, provider.id_token())) == "account-disabled"


def test_a_guest_becomes_the_user(browser: Browser, provider: Provider, database: Engine) -> None:
    browser.become_guest()
    guest_id = browser.cookies["xatra_guest"].split(".")[1]
    user_id = sign_in(browser, provider.id_token()).json()["user"]["id"]

    assert "xatra_guest" not in browser.cookies
    with database.connect() as connection:
        rows = connection.execute(text("SELECT guest_id, user_id FROM guest_became_user")).all()
    assert rows == [(guest_id, user_id)]


def test_a_sign_in_with_a_guests_cookie_needs_the_guests_token(browser: Browser, provider: Provider) -> None:
    browser.become_guest()
    browser.csrf_token = None

    assert problem_of(sign_in(browser, provider.id_token())) == "csrf"


def test_a_sign_in_ends_the_session_that_the_browser_had(
    browser: Browser, open_browser: OpenBrowser, provider: Provider
) -> None:
    browser.sign_up("ravi")
    before = open_browser()
    before.set_cookie("xatra_refresh", browser.cookies["xatra_refresh"], AUTH)
    sign_in(browser, provider.id_token())

    assert problem_of(before.refresh()) == "session-ended"


@pytest.mark.parametrize("cookie", ["d4e5f6", "", None])
def test_a_token_of_googles_script_that_is_not_that_of_its_cookie_is_refused(
    browser: Browser, provider: Provider, cookie: str | None
) -> None:
    if cookie is not None:
        browser.set_cookie("g_csrf_token", cookie, "/")

    assert problem_of(sign_in(browser, provider.id_token(), g_csrf_token="a1b2c3")) == "google-csrf"


def test_googles_script_sends_the_token_of_its_cookie_or_none(browser: Browser, provider: Provider) -> None:
    browser.set_cookie("g_csrf_token", "a1b2c3", "/")

    assert sign_in(browser, provider.id_token(), g_csrf_token="a1b2c3").status_code == 200
    assert sign_in(browser, provider.id_token()).status_code == 200


def test_sign_ins_by_google_count_like_all_others(
    serve: Callable[..., str], open_browser: OpenBrowser, provider: Provider
) -> None:
    browser = open_browser(serve(**provider.google, sign_ins_per_ten_minutes=2))
    statuses = [sign_in(browser, provider.id_token(aud="x")).status_code, browser.sign_in("asha").status_code]

    assert statuses == [401, 401]
    assert problem_of(sign_in(browser, provider.id_token())) == "too-many-requests"


def test_new_accounts_count_and_known_ones_do_not(
    serve: Callable[..., str], open_browser: OpenBrowser, provider: Provider
) -> None:
    url = serve(**provider.google, sign_ups_per_hour=1)

    assert [sign_in(open_browser(url), provider.id_token()).status_code for _ in range(3)] == [200] * 3
    stranger = sign_in(open_browser(url), provider.id_token(sub="7", email="ravi@maps.example"))
    assert problem_of(stranger) == "too-many-requests"


def test_a_token_is_good_once_also_elsewhere_written_otherwise_and_after_redis_forgot_everything(
    browser: Browser,
    serve: Callable[..., str],
    open_browser: OpenBrowser,
    provider: Provider,
    redis_urls: dict[str, str],
) -> None:
    token = provider.id_token()
    assert sign_in(browser, token).status_code == 200
    with redis.Redis.from_url(redis_urls["xatra_operator"]) as client:
        client.flushall()
    # The last character of 256 bytes in base64 has four bits that mean nothing.
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    rewritten = token[:-1] + alphabet[alphabet.index(token[-1]) ^ 1]

    for other in (open_browser(), open_browser(serve(**provider.google))):
        assert problem_of(sign_in(other, token)) == "id-token-used"
        assert sign_in(other, rewritten).status_code == 401


def test_of_two_who_bring_one_token_at_once_one_comes_in(open_browser: OpenBrowser, provider: Provider) -> None:
    token = provider.id_token()
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: sign_in(open_browser(), token).status_code, range(4)))

    assert sorted(answers) == [200, 401, 401, 401]


def test_a_token_that_was_refused_is_not_used_up(browser: Browser, provider: Provider, database: Engine) -> None:
    browser.sign_up("asha")
    with database.begin() as connection:
        connection.execute(text("UPDATE hub_users SET email = 'asha@maps.example', email_verified = true"))
    token = provider.id_token()
    assert problem_of(sign_in(browser, token)) == "email-belongs-to-account"
    with database.begin() as connection:
        connection.execute(text("UPDATE hub_users SET email = NULL, email_verified = false"))

    assert sign_in(browser, token).status_code == 200


def test_used_tokens_are_forgotten_when_they_are_good_no_more(
    browser: Browser, provider: Provider, database: Engine
) -> None:
    sign_in(browser, provider.id_token())
    with database.begin() as connection:
        connection.execute(text("DELETE FROM auth_used_id_tokens"))
        connection.execute(
            text("INSERT INTO auth_used_id_tokens VALUES (repeat('0', 64), now() - interval '61 minutes')")
        )
    sign_in(browser, provider.id_token())

    with database.connect() as connection:
        hashes = connection.execute(text("SELECT token_hash FROM auth_used_id_tokens")).scalars().all()
    assert len(hashes) == 1
    assert hashes != ["0" * 64]


def test_nothing_of_a_token_is_recorded(browser: Browser, provider: Provider, database: Engine) -> None:
    token = provider.id_token(aud="x", sub="secret")
    sign_in(browser, token)

    assert events(database) == [("sign-in-failed", {"by": "google", "problem": "id-token-invalid"})]


def test_where_google_is_not_set_up_its_tokens_are_nothing(
    serve: Callable[..., str], open_browser: OpenBrowser, provider: Provider
) -> None:
    browser = open_browser(serve())

    assert problem_of(sign_in(browser, provider.id_token())) == "provider-not-configured"
