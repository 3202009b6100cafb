"""Guests: the cookie, and the proof that writes carry."""

from collections.abc import Callable

import httpx2
from tests.api.conftest import API

from xatra_shared.identity.guests import GuestKeys

CSV = b"name,population\nPatna,2500000\n"


def put_file(client: httpx2.Client, **headers: str) -> httpx2.Response:
    return client.put(f"{API}/files", params={"name": "a.csv"}, content=CSV, headers=headers)


def test_only_the_csrf_address_sets_a_cookie(api: httpx2.Client) -> None:
    for path in ("/files", "/health", "/openapi.json", "/nothing"):
        assert "set-cookie" not in api.get(f"{API}{path}").headers
    assert "xatra_guest=" in api.get(f"{API}/auth/csrf").headers["set-cookie"]


def test_over_plain_http_the_cookie_is_confined_to_the_base_path_and_closed_to_scripts(api: httpx2.Client) -> None:
    cookie = api.get(f"{API}/auth/csrf").headers["set-cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/xatra" in cookie
    assert "Max-Age=31536000" in cookie
    assert "Secure" not in cookie


def test_a_guest_keeps_its_identity_and_its_token(api: httpx2.Client) -> None:
    first = api.get(f"{API}/auth/csrf").json()
    again = api.get(f"{API}/auth/csrf").json()

    assert first == again


def test_a_write_with_a_guest_cookie_needs_the_csrf_token(api: httpx2.Client) -> None:
    token = api.get(f"{API}/auth/csrf").json()["csrf_token"]

    for headers in ({}, {"X-CSRF-Token": ""}, {"X-CSRF-Token": token[:-1]}, {"X-CSRF-Token": "x" * 64}):
        refused = put_file(api, **headers)
        assert refused.status_code == 403
        assert refused.json()["type"] == "urn:xatra:problem:csrf"
    assert put_file(api, **{"X-CSRF-Token": token}).status_code == 201


def test_a_write_with_a_cookie_that_we_did_not_sign_is_refused(api: httpx2.Client) -> None:
    api.cookies.set("xatra_guest", f"v1.{'0' * 32}.{'0' * 64}")

    assert put_file(api).json()["type"] == "urn:xatra:problem:csrf"


def test_a_write_without_any_cookie_needs_no_token(api: httpx2.Client) -> None:
    assert put_file(api).status_code == 201


def test_a_guest_and_its_address_are_two_callers(api: httpx2.Client) -> None:
    put_file(api)
    assert len(api.get(f"{API}/files").json()["files"]) == 1

    api.get(f"{API}/auth/csrf")
    assert api.get(f"{API}/files").json()["files"] == []


def test_after_a_rotation_of_the_secret_guests_stay_who_they_are(serve: Callable[..., httpx2.Client]) -> None:
    old, new = "the old secret of all these guests, long", "the new secret of all these guests, long"
    guest = "0123456789abcdef" * 2
    before = GuestKeys(old)
    client = serve(guest_secret=new, guest_secret_previous=old)
    client.cookies.set("xatra_guest", before.sign(guest))

    assert put_file(client, **{"X-CSRF-Token": before.csrf_token(guest)}).status_code == 201
    renewed = client.get(f"{API}/auth/csrf")
    assert f"xatra_guest={GuestKeys(new).sign(guest)};" in renewed.headers["set-cookie"]


def test_over_https_the_cookie_is_bound_to_the_host(api: httpx2.Client) -> None:
    cookie = api.get(f"{API}/auth/csrf", headers={"X-Forwarded-Proto": "https"}).headers["set-cookie"]

    assert cookie.startswith("__Host-xatra_guest=v1.")
    assert "Secure" in cookie
    assert "Path=/;" in cookie
