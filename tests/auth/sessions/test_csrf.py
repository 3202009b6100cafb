"""Guests, and the proof that writes carry, on the auth service and the api beside it."""

from collections.abc import Callable

import httpx2
import pytest
from tests.auth.browsing import API, AUTH, OTHER_PASSWORD, PASSWORD, Browser, problem_of
from tests.auth.conftest import GUEST_SECRET, OpenBrowser

from xatra_shared.identity.guests import GuestKeys

CSV = b"name,population\nPatna,2500000\n"
GUEST = "0123456789abcdef" * 2


def put_file(browser: Browser, **headers: str) -> httpx2.Response:
    return browser.client.put(browser.address(f"{API}/files"), params={"name": "a.csv"}, content=CSV, headers=headers)


@pytest.fixture
def visitor(open_browser: OpenBrowser, api_url: str) -> Browser:
    """Return a browser on both services."""
    return open_browser(api_url=api_url)


def test_only_the_csrf_address_makes_a_guest(visitor: Browser) -> None:
    for path in (
        f"{API}/files",
        f"{API}/health",
        f"{AUTH}/ways-in",
        f"{AUTH}/me",
        f"{AUTH}/openapi.json",
        f"{AUTH}/nothing",
    ):
        assert "set-cookie" not in visitor.get(path).headers
    assert "xatra_guest=" in visitor.get(f"{AUTH}/csrf").headers["set-cookie"]


def test_over_plain_http_a_guests_cookie_is_confined_to_the_base_path_and_closed_to_scripts(browser: Browser) -> None:
    cookie = browser.get(f"{AUTH}/csrf").headers["set-cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/xatra;" in cookie
    assert "Max-Age=31536000" in cookie
    assert "Secure" not in cookie


def test_over_https_a_guests_cookie_is_bound_to_the_host(serve: Callable[..., str], open_browser: OpenBrowser) -> None:
    browser = open_browser(serve(trusted_proxies=["127.0.0.1"]))
    cookie = browser.get(f"{AUTH}/csrf", **{"X-Forwarded-Proto": "https"}).headers["set-cookie"]

    assert cookie.startswith("__Host-xatra_guest=v1.")
    assert "Secure" in cookie
    assert "Path=/;" in cookie


def test_a_guest_keeps_its_identity_and_its_token(browser: Browser) -> None:
    assert browser.get(f"{AUTH}/csrf").json() == browser.get(f"{AUTH}/csrf").json()


def test_a_guests_write_needs_the_guests_token(visitor: Browser) -> None:
    visitor.become_guest()
    token = visitor.csrf_token or ""

    for headers in ({}, {"X-CSRF-Token": ""}, {"X-CSRF-Token": token[:-1]}, {"X-CSRF-Token": "x" * 64}):
        assert problem_of(put_file(visitor, **headers)) == "csrf"
    assert put_file(visitor, **{"X-CSRF-Token": token}).status_code == 201


def test_a_write_with_a_cookie_that_we_did_not_sign_is_refused(visitor: Browser) -> None:
    visitor.set_cookie("xatra_guest", f"v1.{'0' * 32}.{'0' * 64}", "/xatra")

    assert problem_of(put_file(visitor)) == "csrf"


def test_a_write_without_any_cookie_needs_no_token(visitor: Browser) -> None:
    assert put_file(visitor).status_code == 201
    assert visitor.cookies == {}


def test_after_a_rotation_of_the_secret_guests_stay_who_they_are(
    serve: Callable[..., str], serve_api: Callable[..., str], open_browser: OpenBrowser
) -> None:
    new = "the new secret of all these guests, long"
    rotated = {"guest_secret": new, "guest_secret_previous": GUEST_SECRET}
    browser = open_browser(serve(**rotated), serve_api(**rotated))
    before = GuestKeys(GUEST_SECRET)
    browser.set_cookie("xatra_guest", before.sign(GUEST), "/xatra")

    assert put_file(browser, **{"X-CSRF-Token": before.csrf_token(GUEST)}).status_code == 201
    renewed = browser.get(f"{AUTH}/csrf")
    assert f"xatra_guest={GuestKeys(new).sign(GUEST)};" in renewed.headers["set-cookie"]


def test_the_writes_of_somebody_signed_in_need_the_sessions_token_on_every_service(visitor: Browser) -> None:
    visitor.become_guest()
    guests_token = visitor.csrf_token or ""
    visitor.sign_up("asha")
    token = visitor.csrf_token or ""
    visitor.csrf_token = None

    profile = {"full_name": "Asha", "bio": ""}
    for headers in ({}, {"X-CSRF-Token": guests_token}, {"X-CSRF-Token": token[:-1]}):
        assert problem_of(put_file(visitor, **headers)) == "csrf"
        assert problem_of(visitor.write("PUT", f"{AUTH}/me/profile", profile, headers=headers)) == "csrf"
        assert problem_of(visitor.write("POST", f"{AUTH}/refresh", headers=headers)) == "csrf"
        assert problem_of(visitor.write("POST", f"{AUTH}/logout", headers=headers)) == "csrf"
    proof = {"X-CSRF-Token": token}
    assert put_file(visitor, **proof).status_code == 201
    assert visitor.write("PUT", f"{AUTH}/me/profile", profile, headers=proof).status_code == 200
    assert visitor.get(f"{AUTH}/csrf").json()["csrf_token"] == token


def test_a_sign_in_with_a_guests_cookie_needs_the_guests_token(browser: Browser) -> None:
    browser.become_guest()
    browser.csrf_token = None

    assert problem_of(browser.sign_up("asha")) == "csrf"


def test_a_bearer_needs_no_token(visitor: Browser, open_browser: OpenBrowser, api_url: str) -> None:
    visitor.sign_up("asha")
    bearer = {"Authorization": f"Bearer {visitor.cookies['xatra_access']}"}
    script = open_browser(api_url=api_url)

    assert put_file(script, **bearer).status_code == 201
    assert len(visitor.get(f"{API}/files").json()["files"]) == 1
    assert script.get(f"{API}/files").json()["files"] == []
    assert put_file(script, Authorization="Bearer nonsense").status_code == 401


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_another_sites_page_can_neither_sign_anybody_in_nor_out(browser: Browser, headers: dict[str, str]) -> None:
    browser.sign_up("asha")
    body = {"username": "asha", "password": PASSWORD}

    assert problem_of(browser.write("POST", f"{AUTH}/login", body, headers=headers)) == "foreign-origin"
    assert problem_of(browser.write("POST", f"{AUTH}/logout", headers=headers)) == "foreign-origin"
    assert browser.is_signed_in()


def test_a_form_of_another_site_is_no_json(browser: Browser) -> None:
    answer = browser.client.post(
        browser.address(f"{AUTH}/login"), data={"username": "asha", "password": OTHER_PASSWORD}
    )

    assert problem_of(answer) == "unsupported-media-type"
    assert problem_of(browser.client.post(browser.address(f"{AUTH}/login"), content=b"")) == "invalid-request"


def test_pages_of_listed_origins_may_sign_in(serve: Callable[..., str], open_browser: OpenBrowser) -> None:
    friend = "https://friend.example"
    browser = open_browser(serve(cors_origins=[friend]))
    asked = {
        "Origin": friend,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "x-csrf-token",
    }
    preflight = browser.client.options(browser.address(f"{AUTH}/login"), headers=asked)

    assert preflight.headers["access-control-allow-origin"] == friend
    assert preflight.headers["access-control-allow-credentials"] == "true"
    body = {"username": "asha", "password": PASSWORD}
    assert browser.write("POST", f"{AUTH}/signup", body, headers={"Origin": friend}).status_code == 201
    foreign = browser.client.options(
        browser.address(f"{AUTH}/login"), headers={**asked, "Origin": "https://evil.example"}
    )
    assert "access-control-allow-origin" not in foreign.headers
