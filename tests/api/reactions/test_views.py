"""Views: everyone counts once, guests too."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import httpx2
from sqlalchemy import Engine, text
from tests.api.conftest import API, become_guest
from tests.api.users import User

VIEWS = f"{API}/hub/map/rivers/views"


def views(owner: Engine) -> tuple[int, int]:
    """Return what the work says of its views, and how many there are."""
    with owner.connect() as connection:
        row = connection.execute(text("SELECT views, (SELECT count(*) FROM hub_map_views) FROM hub_artifacts")).one()
    return row[0], row[1]


def test_a_user_counts_once(rivers: int, ravi: User, owner: Engine) -> None:
    for _ in range(3):
        answer = ravi.client.post(VIEWS)
        assert (answer.status_code, answer.json()) == (200, {"views": 1})
    assert views(owner) == (1, 1)


def test_authors_count_once_like_others(rivers: int, asha: User, ravi: User) -> None:
    assert [user.client.post(VIEWS).json()["views"] for user in (asha, asha, ravi)] == [1, 1, 2]


def test_guests_count_by_their_cookie(rivers: int, api: httpx2.Client, owner: Engine) -> None:
    for count in (1, 2):
        headers = {"X-CSRF-Token": become_guest(api)}
        assert [api.post(VIEWS, headers=headers).json()["views"] for _ in range(2)] == [count, count]
        api.cookies.clear()
    assert views(owner) == (2, 2)


def test_guests_without_a_cookie_count_by_their_address(rivers: int, api: httpx2.Client, owner: Engine) -> None:
    assert [api.post(VIEWS).json()["views"] for _ in range(2)] == [1, 1]
    with owner.connect() as connection:
        assert connection.execute(text("SELECT viewer_key FROM hub_map_views")).scalar_one() == "address:127.0.0.1/32"


def test_a_guest_with_a_cookie_needs_its_token(rivers: int, api: httpx2.Client, owner: Engine) -> None:
    become_guest(api)
    assert api.post(VIEWS).status_code == 403
    assert views(owner) == (0, 0)


def test_views_are_writes_and_limited_as_such(rivers: int, serve: Callable[..., httpx2.Client], owner: Engine) -> None:
    client = serve(writes_per_minute=3)
    statuses = []
    for _ in range(5):
        token = become_guest(client)
        statuses.append(client.post(VIEWS, headers={"X-CSRF-Token": token}).status_code)
        client.cookies.clear()

    assert statuses == [200, 200, 200, 429, 429]
    assert views(owner) == (3, 3)


def test_views_at_once_are_all_counted_and_none_twice(
    rivers: int, api: httpx2.Client, ravi: User, owner: Engine
) -> None:
    guests = []
    for _ in range(5):
        token = become_guest(api)
        guests.append({"X-CSRF-Token": token, "Cookie": f"xatra_guest={api.cookies['xatra_guest']}"})
        api.cookies.clear()

    def look(number: int) -> int:
        if number % 6 == 5:
            return ravi.client.post(VIEWS).status_code
        return httpx2.post(f"{str(api.base_url).rstrip('/')}{VIEWS}", headers=guests[number % 6]).status_code

    with ThreadPoolExecutor(12) as pool:
        assert set(pool.map(look, range(60))) == {200}
    assert views(owner) == (6, 6)
