"""Sign up, in and out, and what the cookies are."""

import json
from collections.abc import Callable

import pytest
import redis
from sqlalchemy import Engine, text
from tests.auth.browsing import AUTH, OTHER_PASSWORD, PASSWORD, Browser, problem_of
from tests.auth.conftest import OpenBrowser

from xatra_auth.accounts.passwords import predecessors_hash


def add_predecessors_account(database: Engine, username: str, password: str) -> None:
    with database.begin() as connection:
        user_id = connection.execute(
            text("INSERT INTO hub_users (username) VALUES (:username) RETURNING id"), {"username": username}
        ).scalar_one()
        connection.execute(
            text("INSERT INTO auth_credentials (user_id, password_hash) VALUES (:user_id, :password_hash)"),
            {"user_id": user_id, "password_hash": predecessors_hash(password, "0123456789abcdef" * 2)},
        )


def kept_hash(database: Engine, username: str) -> str:
    with database.connect() as connection:
        return connection.execute(
            text(
                "SELECT password_hash FROM auth_credentials JOIN hub_users ON id = user_id WHERE username = :username"
            ),
            {"username": username},
        ).scalar_one()


def test_who_signs_up_is_signed_in(browser: Browser) -> None:
    answer = browser.sign_up("asha")

    assert answer.status_code == 201
    assert answer.json()["user"]["username"] == "asha"
    assert browser.get(f"{AUTH}/me").json() == answer.json()["user"]


def test_who_signed_up_signs_in_elsewhere(browser: Browser, open_browser: OpenBrowser) -> None:
    browser.sign_up("asha")
    elsewhere = open_browser()

    assert elsewhere.sign_in("asha").status_code == 200
    assert elsewhere.get(f"{AUTH}/me").json()["username"] == "asha"


def test_who_signs_out_is_nobody_and_has_no_cookies_of_a_session(browser: Browser) -> None:
    browser.sign_up("asha")
    kept = browser.cookies

    assert browser.post(f"{AUTH}/logout").status_code == 204
    assert browser.cookies == {}
    assert browser.problem(f"{AUTH}/me") == "not-signed-in"
    browser.set_cookie("xatra_refresh", kept["xatra_refresh"], AUTH)
    assert problem_of(browser.refresh()) == "session-ended"


def test_an_unknown_name_and_a_wrong_password_are_answered_alike(browser: Browser, open_browser: OpenBrowser) -> None:
    browser.sign_up("asha")
    stranger = open_browser()
    answers = [stranger.sign_in("asha", OTHER_PASSWORD), stranger.sign_in("nobody-here", OTHER_PASSWORD)]

    assert [answer.status_code for answer in answers] == [401, 401]
    assert answers[0].content == answers[1].content
    assert answers[0].headers.keys() == answers[1].headers.keys()


def test_over_plain_http_in_development_the_cookies_are_closed_to_scripts_and_confined(browser: Browser) -> None:
    cookies = {header.partition("=")[0]: header for header in browser.sign_up("asha").headers.get_list("set-cookie")}

    assert cookies.keys() == {"xatra_access", "xatra_refresh", "xatra_guest"}
    for cookie in cookies.values():
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
    assert "Path=/xatra;" in cookies["xatra_access"]
    assert "Path=/xatra/api/auth;" in cookies["xatra_refresh"]


def test_over_https_the_cookies_are_bound_to_the_host_or_to_https(
    serve: Callable[..., str], open_browser: OpenBrowser
) -> None:
    url = serve(trusted_proxies=["127.0.0.0/8"])
    answer = open_browser(url, **{"X-Forwarded-Proto": "https"}).sign_up("asha")
    cookies = {header.partition("=")[0]: header for header in answer.headers.get_list("set-cookie")}

    assert cookies.keys() == {"__Host-xatra_access", "__Secure-xatra_refresh", "__Host-xatra_guest"}
    for cookie in cookies.values():
        assert "Secure" in cookie
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        assert "Domain" not in cookie
    assert "Path=/;" in cookies["__Host-xatra_access"]
    assert "Path=/xatra/api/auth;" in cookies["__Secure-xatra_refresh"]


PRODUCTION = {
    "environment": "production",
    "strict_mode": False,
    "trusted_proxies": ["127.0.0.0/8"],
    "public_url": "https://maps.example",
}


@pytest.mark.parametrize("way", ["signup", "login"])
def test_in_production_a_sign_in_over_plain_http_is_refused_in_words(
    serve: Callable[..., str], open_browser: OpenBrowser, way: str
) -> None:
    browser = open_browser(serve(**PRODUCTION))
    answer = browser.post(f"{AUTH}/{way}", {"username": "asha", "password": PASSWORD})

    assert problem_of(answer) == "insecure-connection"
    assert "TRUSTED_PROXIES" in answer.json()["detail"]
    assert "set-cookie" not in answer.headers
    assert open_browser(serve(**PRODUCTION), **{"X-Forwarded-Proto": "https"}).sign_up("asha").status_code == 201


@pytest.mark.parametrize(
    "username",
    [
        "",
        "ab",
        "a" * 33,
        "Asha",
        "asha rao",
        "äsha",
        "-asha",
        "asha.",
        "asha/x",
        "asha\n",
        "admin",
        "api",
        "auth",
        "explore",
    ],
)
def test_names_that_nobody_gets_are_refused(browser: Browser, username: str) -> None:
    assert browser.sign_up(username).status_code == 422


def test_a_name_is_given_once(browser: Browser, open_browser: OpenBrowser) -> None:
    browser.sign_up("asha")

    assert problem_of(open_browser().sign_up("asha")) == "username-taken"


def test_with_registration_closed_nobody_signs_up_and_people_still_sign_in(
    browser: Browser, serve: Callable[..., str], open_browser: OpenBrowser
) -> None:
    browser.sign_up("asha")
    closed = open_browser(serve(enable_registration=False))

    assert closed.get(f"{AUTH}/ways-in").json()["registration_open"] is False
    assert problem_of(closed.sign_up("ravi")) == "registration-closed"
    assert closed.sign_in("asha").status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        {"username": "asha"},
        {"username": "asha", "password": PASSWORD, "is_admin": True},
        {"username": "asha", "password": 5},
        {"username": "asha", "password": ""},
        {"username": "asha", "password": "x" * 257},
        {"username": "asha", "password": "\ud800" * 20},
        {"username": "as\u0000ha", "password": PASSWORD},
        {"username": "asha", "password": PASSWORD, "full_name": "A\u0000"},
        ["asha", PASSWORD],
        None,
    ],
)
def test_malformed_sign_ups_are_422_and_do_not_come_back_in_the_answer(browser: Browser, body: object) -> None:
    answer = browser.client.post(
        browser.address(f"{AUTH}/signup"), content=json.dumps(body), headers={"Content-Type": "application/json"}
    )

    assert answer.status_code == 422
    assert PASSWORD not in answer.text


def test_a_predecessors_hash_is_good_once_and_then_another_kind_is_kept(
    browser: Browser, open_browser: OpenBrowser, database: Engine
) -> None:
    add_predecessors_account(database, "asha", "short")

    assert browser.sign_in("asha", "wrong").status_code == 401
    assert kept_hash(database, "asha").startswith("pbkdf2_sha256$")
    assert browser.sign_in("asha", "short").status_code == 200
    assert kept_hash(database, "asha").startswith("$argon2id$")
    assert open_browser().sign_in("asha", "short").status_code == 200


def test_a_disabled_account_is_named_only_to_who_knows_its_password(browser: Browser, database: Engine) -> None:
    browser.sign_up("asha")
    with database.begin() as connection:
        connection.execute(text("UPDATE hub_users SET disabled_at = now()"))

    assert problem_of(browser.sign_in("asha", OTHER_PASSWORD)) == "wrong-credentials"
    assert problem_of(browser.sign_in("asha")) == "account-disabled"


def test_an_account_without_a_password_is_signed_into_by_none(browser: Browser, database: Engine) -> None:
    with database.begin() as connection:
        connection.execute(text("INSERT INTO hub_users (username) VALUES ('localuser')"))

    assert problem_of(browser.sign_in("localuser", "nobody's password")) == "wrong-credentials"


def test_a_verified_address_signs_in_like_the_name(
    browser: Browser, open_browser: OpenBrowser, database: Engine
) -> None:
    browser.sign_up("asha")
    with database.begin() as connection:
        connection.execute(text("UPDATE hub_users SET email = 'Asha@Maps.example'"))
    assert problem_of(open_browser().sign_in("asha@maps.example")) == "wrong-credentials"
    with database.begin() as connection:
        connection.execute(text("UPDATE hub_users SET email_verified = true"))

    assert open_browser().sign_in("asha@maps.example").status_code == 200


def test_what_is_typed_as_a_name_is_not_kept_when_sign_in_fails(
    browser: Browser, database: Engine, redis_urls: dict[str, str]
) -> None:
    browser.sign_in("my secret password", "x")
    with database.connect() as connection:
        rows = connection.execute(text("SELECT * FROM auth_events")).all()

    assert [row.event for row in rows] == ["sign-in-failed"]
    assert "secret" not in str(rows)
    with redis.Redis.from_url(redis_urls["xatra_operator"]) as client:
        keys = client.keys("xatra:limits:*")
    assert keys
    assert b"secret" not in b"".join(keys)
