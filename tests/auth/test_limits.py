"""How often somebody may try: per network and per account, stricter than elsewhere, with Redis or without."""

from collections.abc import Callable

import pytest
from tests.auth.browsing import API, AUTH, OTHER_PASSWORD, PASSWORD, Browser, problem_of
from tests.auth.conftest import OpenBrowser

PROXIED = {"trusted_proxies": ["127.0.0.0/8"]}
NO_REDIS = {"redis_url": "redis://127.0.0.1:1/0"}


def from_address(address: str) -> dict[str, str]:
    return {"X-Forwarded-For": address}


def attempts(browser: Browser, count: int, username: str, **headers: str) -> list[int]:
    """Try a wrong password so many times."""
    body = {"username": username, "password": OTHER_PASSWORD}
    return [browser.write("POST", f"{AUTH}/login", body, headers=headers).status_code for _ in range(count)]


@pytest.mark.parametrize("without", [{}, NO_REDIS])
def test_one_network_has_so_many_attempts_at_all_accounts_together(
    serve: Callable[..., str], open_browser: OpenBrowser, without: dict[str, str]
) -> None:
    browser = open_browser(serve(sign_ins_per_ten_minutes=3, **PROXIED, **without))

    assert attempts(browser, 2, "asha", **from_address("203.0.113.7")) == [401, 401]
    assert attempts(browser, 2, "ravi", **from_address("203.0.113.7")) == [401, 429]
    assert attempts(browser, 1, "asha", **from_address("203.0.113.8")) == [401]


def test_one_account_has_so_many_attempts_from_everywhere_together(
    serve: Callable[..., str], open_browser: OpenBrowser
) -> None:
    browser = open_browser(serve(sign_ins_per_account=3, **PROXIED))
    statuses = [
        attempts(browser, 1, name, **from_address(f"203.0.113.{number}"))
        for number, name in enumerate(["asha", "Asha", "ASHA", "asha"])
    ]

    assert statuses == [[401], [401], [401], [429]]
    assert attempts(browser, 1, "ravi", **from_address("203.0.113.9")) == [401]


def test_strangers_cannot_lock_an_owner_out(serve: Callable[..., str], open_browser: OpenBrowser) -> None:
    url = serve(sign_ins_per_account=3, **PROXIED)
    owner = open_browser(url, **from_address("203.0.113.1"))
    owner.sign_up("asha")
    strangers = [attempts(owner, 1, "asha", **from_address(f"203.0.113.{number}")) for number in range(2, 6)]

    assert strangers == [[401], [401], [401], [429]]
    assert open_browser(url, **from_address("203.0.113.1")).sign_in("asha").status_code == 200


def test_addresses_of_one_ipv6_network_are_one(serve: Callable[..., str], open_browser: OpenBrowser) -> None:
    browser = open_browser(serve(sign_ins_per_ten_minutes=1, **PROXIED))

    assert attempts(browser, 1, "asha", **from_address("2001:db8:1:2::1")) == [401]
    assert attempts(browser, 1, "asha", **from_address("2001:db8:1:2:ffff::2")) == [429]
    assert attempts(browser, 1, "asha", **from_address("2001:db8:1:3::1")) == [401]


def test_a_refusal_says_how_much_is_allowed_and_when_to_try_again(
    serve: Callable[..., str], open_browser: OpenBrowser
) -> None:
    browser = open_browser(serve(sign_ins_per_ten_minutes=1))
    attempts(browser, 1, "asha")
    refused = browser.sign_in("asha")

    assert problem_of(refused) == "too-many-requests"
    assert 1 <= int(refused.headers["retry-after"]) <= 600
    body = refused.json()
    assert (body["limit"], body["window_seconds"]) == (1, 600)
    assert body["retry_after_seconds"] == int(refused.headers["retry-after"])


def test_sign_ups_are_few(serve: Callable[..., str], open_browser: OpenBrowser) -> None:
    url = serve(sign_ups_per_hour=2)

    statuses = [open_browser(url).sign_up(f"asha{number}").status_code for number in range(3)]
    assert statuses == [201, 201, 429]


def test_a_name_that_is_refused_costs_no_sign_up(serve: Callable[..., str], open_browser: OpenBrowser) -> None:
    browser = open_browser(serve(sign_ups_per_hour=1))

    assert [browser.sign_up("admin").status_code for _ in range(3)] == [422] * 3
    assert browser.sign_up("asha").status_code == 201


def test_the_current_password_is_not_guessed_by_changing_it(
    serve: Callable[..., str], open_browser: OpenBrowser
) -> None:
    browser = open_browser(serve(password_changes_per_half_hour=2))
    browser.sign_up("asha")
    change = {"current_password": OTHER_PASSWORD, "new_password": PASSWORD}

    statuses = [browser.write("PUT", f"{AUTH}/me/password", change).status_code for _ in range(3)]
    assert statuses == [403, 403, 429]
    assert (
        problem_of(browser.post(f"{AUTH}/me/delete", {"username": "asha", "current_password": PASSWORD}))
        == "too-many-requests"
    )


def test_all_writes_of_a_network_are_bounded_and_reads_are_not(
    serve: Callable[..., str], open_browser: OpenBrowser
) -> None:
    browser = open_browser(serve(writes_per_minute=3))

    assert [browser.post(f"{AUTH}/refresh").status_code for _ in range(4)] == [401, 401, 401, 429]
    assert browser.get(f"{AUTH}/ways-in").status_code == 200


def test_forwarding_headers_of_strangers_buy_no_attempts(serve: Callable[..., str], open_browser: OpenBrowser) -> None:
    browser = open_browser(serve(sign_ins_per_ten_minutes=1, trusted_proxies=["203.0.113.0/24"]))
    headers = [{"X-Forwarded-For": "198.51.100.7"}, {"X-Real-IP": "198.51.100.8"}, {"CF-Connecting-IP": "198.51.100.9"}]

    assert [attempts(browser, 1, "asha", **header)[0] for header in headers] == [401, 429, 429]


def test_the_api_bounds_writes_of_guests_by_network_and_of_users_by_themselves(
    serve_api: Callable[..., str], open_browser: OpenBrowser
) -> None:
    api_url = serve_api(writes_per_minute=2, user_writes_per_minute=4)

    def statuses(browser: Browser) -> list[int]:
        return [browser.write("DELETE", f"{API}/files/{'0' * 64}").status_code for _ in range(5)]

    guest, same_network, user, other_user = (open_browser(api_url=api_url) for _ in range(4))
    guest.become_guest()
    same_network.become_guest()
    user.sign_up("asha")
    other_user.sign_up("ravi")

    assert statuses(guest) == [404, 404, 429, 429, 429]
    assert statuses(same_network) == [429] * 5
    assert statuses(user) == [404] * 4 + [429]
    assert statuses(other_user) == [404] * 4 + [429]
