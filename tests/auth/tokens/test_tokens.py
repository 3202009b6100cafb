"""Personal API tokens: what they look like, what they open, and how they end on every service within a second."""

import re
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import product

import httpx2
import pytest
import redis
from sqlalchemy import Engine, text
from tests.auth.browsing import API, AUTH, OTHER_PASSWORD, PASSWORD, Browser, problem_of
from tests.auth.conftest import OpenBrowser
from tests.auth.tokens.conftest import ALL_SCOPES, call, make_token, order
from tests.waiting import until

from xatra_shared.identity.api_tokens import digest_of, is_well_formed, new_token

UNKNOWN_FILE = f"{API}/files/{'0' * 64}"
PROGRAM = {"program": "x = 1"}


def challenge_of(answer: httpx2.Response) -> dict[str, str]:
    """Return the parameters of the one challenge, which is one of RFC 6750."""
    scheme, _, parameters = answer.headers["www-authenticate"].partition(" ")
    assert scheme == "Bearer"
    return dict(re.findall(r'(\w+)="([^"]*)"', parameters))


def test_a_token_is_shown_once_and_kept_as_a_digest(asha: Browser, database: Engine) -> None:
    made = order(asha, "render", "hub:read", name="night job", days=30).json()
    token = made["token"]
    listed = asha.get(f"{AUTH}/tokens")

    assert is_well_formed(token)
    assert token not in listed.text
    assert listed.json() == {"tokens": [{key: value for key, value in made.items() if key != "token"}]}
    assert made["name"] == "night job"
    assert made["scopes"] == ["hub:read", "render"]
    assert token.startswith(made["prefix"])
    assert len(made["prefix"]) == 12
    assert made["last_used_at"] is None
    with database.connect() as connection:
        row = connection.execute(text("SELECT * FROM auth_tokens")).one()
        assert row.token_hash == digest_of(token)
        assert token not in str(row)
        assert (row.expires_at - row.created_at).days == 30


def test_tokens_have_256_random_bits_and_a_checksum_that_finds_typing_errors() -> None:
    tokens = [new_token() for _ in range(100)]

    assert len(set(tokens)) == 100
    assert all(re.fullmatch(r"xatra_[0-9A-Za-z]{43}[0-9A-Za-z]{6}", token) for token in tokens)
    assert 62**43 > 2**256
    for token in tokens:
        assert is_well_formed(token)
        for place in (6, 30, 48, 54):
            other = "a" if token[place] != "a" else "b"
            assert not is_well_formed(token[:place] + other + token[place + 1 :])
    assert not is_well_formed(tokens[0][:-1])
    assert not is_well_formed("xatra_" + "é" * 49)


def test_a_token_opens_what_it_is_for_on_every_service_without_a_csrf_token(admin: Browser) -> None:
    token = make_token(admin, "render", "admin")

    assert call(admin, token, f"{API}/files").status_code == 200
    assert problem_of(call(admin, token, f"{API}/renders", "POST", PROGRAM)) == "no-render-worker"
    assert problem_of(call(admin, token, UNKNOWN_FILE, "DELETE")) == "file-not-found"
    assert call(admin, token, f"{API}/me/render-budget").status_code == 200
    assert call(admin, token, f"{AUTH}/admin/users").status_code == 200
    assert call(admin, token, f"{AUTH}/admin/registration", "PUT", {"is_open": True}).status_code == 200
    assert call(admin, token, f"{API}/settings", "PUT", {"site_name": "Maps"}).status_code == 200


def test_with_a_token_cookies_do_not_matter(asha: Browser) -> None:
    token = make_token(asha, "render")
    cookies = "; ".join(f"{name}={value}" for name, value in asha.cookies.items())

    answer = call(asha, token, UNKNOWN_FILE, "DELETE", Cookie=cookies)
    assert problem_of(answer) == "file-not-found"
    answer = call(asha, token, f"{AUTH}/me", Cookie=cookies)
    assert problem_of(answer) == "insufficient-scope"


NEEDS_SCOPE = {
    "render": [
        f"GET {API}/files",
        f"PUT {API}/files?name=a.csv",
        f"DELETE {API}/files/{'0' * 64}",
        f"POST {API}/renders",
        f"DELETE {API}/renders/{'0' * 32}",
        f"POST {API}/geography/territory-maps",
        f"GET {API}/me/render-budget",
    ],
    "admin": [
        f"PUT {API}/settings",
        f"GET {API}/admin/render-budgets",
        f"PUT {API}/admin/render-budgets",
        f"GET {API}/admin/render-budgets/asha",
        f"PUT {API}/admin/render-budgets/asha",
        f"GET {AUTH}/admin/users",
        f"GET {AUTH}/admin/users/asha",
        f"PATCH {AUTH}/admin/users/asha",
        f"GET {AUTH}/admin/users/asha/sessions",
        f"DELETE {AUTH}/admin/users/asha/sessions",
        f"POST {AUTH}/admin/users/asha/reset-link",
        f"GET {AUTH}/admin/events",
        f"GET {AUTH}/admin/registration",
        f"PUT {AUTH}/admin/registration",
    ],
}
NEEDS_SESSION = [
    f"GET {AUTH}/me",
    f"PUT {AUTH}/me/profile",
    f"PUT {AUTH}/me/password",
    f"PUT {AUTH}/me/username",
    f"GET {AUTH}/me/data",
    f"POST {AUTH}/me/delete",
    f"GET {AUTH}/sessions",
    f"DELETE {AUTH}/sessions",
    f"DELETE {AUTH}/sessions/1",
    f"GET {AUTH}/tokens",
    f"POST {AUTH}/tokens",
    f"DELETE {AUTH}/tokens/1",
    f"GET {API}/me/data",
]


def try_line(browser: Browser, token: str, request_line: str) -> httpx2.Response:
    method, path = request_line.split()
    return call(browser, token, path, method, None if method in {"GET", "DELETE"} else {})


@pytest.mark.parametrize("scope", NEEDS_SCOPE)
def test_a_token_for_all_else_is_refused_and_told_what_it_lacks(admin: Browser, scope: str) -> None:
    token = make_token(admin, *(set(ALL_SCOPES) - {scope}))
    for line in NEEDS_SCOPE[scope]:
        answer = try_line(admin, token, line)

        assert (answer.status_code, problem_of(answer)) == (403, "insufficient-scope"), line
        assert challenge_of(answer) == {"realm": "xatra", "error": "insufficient_scope", "scope": scope}, line


def test_no_token_does_what_people_do_with_their_accounts(admin: Browser) -> None:
    token = make_token(admin, *ALL_SCOPES)
    for line in NEEDS_SESSION:
        answer = try_line(admin, token, line)

        assert (answer.status_code, problem_of(answer)) == (403, "insufficient-scope"), line
        assert challenge_of(answer) == {"realm": "xatra", "error": "insufficient_scope"}, line


def test_a_token_that_we_did_not_make_is_refused(asha: Browser) -> None:
    unknown = ("xatra_", "xatra_nonsense", f"xatra_{'a' * 49}", f"xatra_{'é' * 49}", new_token())
    for path, token in product((f"{API}/files", f"{AUTH}/me", f"{AUTH}/admin/users"), unknown):
        answer = httpx2.get(asha.address(path), headers=[(b"authorization", f"Bearer {token}".encode())])

        assert (answer.status_code, problem_of(answer)) == (401, "api-token-invalid")
        assert challenge_of(answer) == {"realm": "xatra", "error": "invalid_token"}


def test_who_brings_nothing_is_told_the_scheme_and_no_error(asha: Browser) -> None:
    for path in (f"{AUTH}/me", f"{AUTH}/admin/users", f"{API}/admin/render-budgets", f"{API}/me/data"):
        answer = httpx2.get(asha.address(path))

        assert problem_of(answer) == "not-signed-in"
        assert challenge_of(answer) == {"realm": "xatra"}


def test_an_access_token_that_is_void_is_an_invalid_token_too(asha: Browser) -> None:
    answer = call(asha, "e30.e30.e30", f"{API}/files")

    assert problem_of(answer) == "access-token-void"
    assert challenge_of(answer)["error"] == "invalid_token"


def revoke(browser: Browser) -> None:
    token_id = browser.get(f"{AUTH}/tokens").json()["tokens"][0]["id"]
    assert browser.write("DELETE", f"{AUTH}/tokens/{token_id}").status_code == 204


def is_void_within_a_second(browser: Browser, token: str) -> bool:
    """Tell whether every service refuses a token in time."""

    def is_refused(path: str) -> bool:
        return call(browser, token, path).status_code == 401

    for path in (f"{API}/files", f"{AUTH}/admin/users"):
        until(partial(is_refused, path), seconds=1)
    return True


def is_good(browser: Browser, token: str) -> bool:
    """Tell whether every service takes a token, which they know from now on."""
    return call(browser, token, f"{API}/files").status_code == 200 and call(
        browser, token, f"{AUTH}/admin/users"
    ).status_code in {200, 403}


def test_a_revoked_token_opens_nothing_within_a_second_and_sessions_go_on(asha: Browser) -> None:
    other = make_token(asha, "render", "hub:write")
    token = make_token(asha, "render", "hub:write")
    assert is_good(asha, token)
    assert is_good(asha, other)

    revoke(asha)

    assert is_void_within_a_second(asha, token)
    assert is_good(asha, other)
    assert asha.is_signed_in()
    assert asha.get(f"{API}/files").status_code == 200
    assert [entry["prefix"] for entry in asha.get(f"{AUTH}/tokens").json()["tokens"]] == [other[:12]]


def test_a_revoked_token_stays_void_when_redis_is_flushed(asha: Browser, redis_urls: dict[str, str]) -> None:
    token = make_token(asha, "render")
    assert is_good(asha, token)

    with redis.Redis.from_url(redis_urls["xatra_operator"]) as client:
        client.flushall()
        time.sleep(0.5)  # every service has looked, and must see the difference between this loss and the next
        revoke(asha)
        client.flushall()

    assert is_void_within_a_second(asha, token)


def test_a_token_ends_within_a_second_without_redis(
    serve: Callable[..., str], serve_api: Callable[..., str], open_browser: OpenBrowser
) -> None:
    gone = "redis://127.0.0.1:1/0"
    browser = open_browser(serve(redis_url=gone), api_url=serve_api(redis_url=gone))
    browser.sign_up("asha")
    token = make_token(browser, "render")
    assert is_good(browser, token)

    revoke(browser)

    assert is_void_within_a_second(browser, token)


def test_nobody_revokes_a_token_of_somebody_else(asha: Browser, open_browser: OpenBrowser) -> None:
    make_token(asha, "render")
    token_id = asha.get(f"{AUTH}/tokens").json()["tokens"][0]["id"]
    stranger = open_browser()
    stranger.sign_up("ravi")

    assert problem_of(stranger.write("DELETE", f"{AUTH}/tokens/{token_id}")) == "token-not-found"
    assert stranger.get(f"{AUTH}/tokens").json() == {"tokens": []}


def test_tokens_of_a_disabled_user_open_nothing_within_a_second(
    asha: Browser, open_browser: OpenBrowser, database: Engine
) -> None:
    token = make_token(asha, "render")
    assert is_good(asha, token)
    ravi = open_browser()
    ravi.sign_up("ravi")
    with database.begin() as connection:
        connection.execute(text("UPDATE hub_users SET is_admin = true WHERE username = 'ravi'"))
    ravi.refresh()

    ravi.write("PATCH", f"{AUTH}/admin/users/asha", {"is_disabled": True})
    assert is_void_within_a_second(asha, token)

    ravi.write("PATCH", f"{AUTH}/admin/users/asha", {"is_disabled": False})
    assert is_good(asha, token)


def test_tokens_of_a_deleted_account_open_nothing_within_a_second(asha: Browser) -> None:
    token = make_token(asha, "render")
    assert is_good(asha, token)

    asha.post(f"{AUTH}/me/delete", {"username": "asha", "current_password": PASSWORD})

    assert is_void_within_a_second(asha, token)


def test_a_token_expires(asha: Browser, database: Engine) -> None:
    token = make_token(asha, "render", days=1)
    with database.begin() as connection:
        connection.execute(text("UPDATE auth_tokens SET expires_at = now() + interval '1 second'"))
    assert is_good(asha, token)

    until(lambda: call(asha, token, f"{API}/files").status_code == 401, seconds=3)
    assert call(asha, token, f"{AUTH}/admin/users").status_code == 401


def test_a_reset_password_ends_all_tokens_and_a_changed_one_none(asha: Browser, database: Engine) -> None:
    token = make_token(asha, "render")
    asha.write("PUT", f"{AUTH}/me/password", {"current_password": PASSWORD, "new_password": OTHER_PASSWORD})
    assert is_good(asha, token)
    with database.begin() as connection:
        connection.execute(text("UPDATE hub_users SET is_admin = true"))
    asha.refresh()
    link = asha.post(f"{AUTH}/admin/users/asha/reset-link").json()["url"]

    reset = {"token": link.partition("#token=")[2], "new_password": PASSWORD}
    assert asha.post(f"{AUTH}/password/reset", reset).status_code == 204

    assert is_void_within_a_second(asha, token)


def test_the_limits_of_a_token_follow_its_users_trust_within_a_second(admin: Browser) -> None:
    token = make_token(admin, "render")
    admin.write("PUT", f"{API}/admin/render-budgets", {"user_seconds": 10, "trusted_seconds": 20})

    def seconds() -> int:
        return call(admin, token, f"{API}/me/render-budget").json()["monthly_seconds"]

    assert seconds() == 10
    admin.write("PATCH", f"{AUTH}/admin/users/asha", {"is_trusted": True})
    until(lambda: seconds() == 20, seconds=1)


def test_the_last_use_is_written_at_most_once_a_minute(
    asha: Browser, database: Engine, serve_api: Callable[..., str], open_browser: OpenBrowser
) -> None:
    token = make_token(asha, "render")
    other = open_browser(api_url=serve_api())

    def last_use() -> tuple[object, object]:
        with database.connect() as connection:
            return tuple(connection.execute(text("SELECT last_used_at, xmin::text FROM auth_tokens")).one())

    assert last_use()[0] is None
    call(asha, token, f"{API}/files")
    first = last_use()
    assert first[0] is not None
    for browser in (asha, other):
        for _ in range(3):
            assert call(browser, token, f"{API}/files").status_code == 200
    assert last_use() == first


def test_a_refused_token_counts_as_no_use(asha: Browser, database: Engine) -> None:
    token = make_token(asha, "render")
    with database.begin() as connection:
        connection.execute(text("UPDATE auth_tokens SET expires_at = now()"))
    call(asha, token, f"{API}/files")

    with database.connect() as connection:
        assert connection.execute(text("SELECT last_used_at FROM auth_tokens")).scalar_one() is None


def test_an_order_that_cannot_be_met_makes_no_token(asha: Browser) -> None:
    wishes: list[tuple[dict[str, object], str]] = [
        ({"current_password": OTHER_PASSWORD}, "wrong-password"),
        ({"current_password": None}, "wrong-password"),
        ({"scopes": []}, "invalid-request"),
        ({"scopes": ["everything"]}, "invalid-request"),
        ({"name": ""}, "invalid-request"),
        ({"name": "a\nb"}, "invalid-request"),
        ({"days": 0}, "invalid-request"),
        ({"days": 367}, "invalid-request"),
        ({"scopes": ["admin"]}, "admins-only"),
    ]
    for wish, problem in wishes:
        assert problem_of(order(asha, "render", **wish)) == problem, wish
    assert asha.get(f"{AUTH}/tokens").json() == {"tokens": []}


def test_who_administrates_no_more_does_not_by_token(admin: Browser, database: Engine) -> None:
    token = make_token(admin, "admin")
    with database.begin() as connection:
        connection.execute(text("UPDATE hub_users SET is_admin = false"))

    assert problem_of(call(admin, token, f"{AUTH}/admin/users")) == "admins-only"
    assert problem_of(call(admin, token, f"{API}/settings", "PUT", {})) == "admins-only"


def test_an_account_has_fifty_tokens_at_most_however_many_are_ordered_at_once(asha: Browser, database: Engine) -> None:
    with database.begin() as connection:
        connection.execute(
            text(
                """
                INSERT INTO auth_tokens (user_id, name, prefix, token_hash, scopes, expires_at)
                SELECT id, 'x', 'x', encode(sha256(number::text::bytea), 'hex'), '{render}', now() + interval '1 day'
                FROM hub_users, generate_series(1, 48) number
                """
            )
        )
    with ThreadPoolExecutor(4) as pool:
        statuses = sorted(answer.status_code for answer in pool.map(lambda _: order(asha, "render"), range(4)))

    assert statuses == [201, 201, 409, 409]


def test_tokens_are_in_the_record_of_events_and_in_the_download(asha: Browser) -> None:
    token = make_token(asha, "render")
    call(asha, token, f"{API}/files")
    downloaded = asha.get(f"{AUTH}/me/data")
    revoke(asha)
    data = asha.get(f"{AUTH}/me/data").json()

    assert [entry["name"] for entry in downloaded.json()["tokens"]] == ["a script"]
    assert token not in downloaded.text
    assert data["tokens"] == []
    events = [event["event"] for event in data["events"]]
    assert events[2:] == ["token-made", "data-downloaded", "tokens-revoked", "data-downloaded"]
    assert data["events"][2]["details"]["prefix"] == token[:12]
