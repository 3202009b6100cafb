"""Profiles, and whose works who sees."""

from typing import Any

import httpx2
import pytest
from sqlalchemy import Engine, text
from tests.api.conftest import API
from tests.api.explore.test_searching import rename
from tests.api.explore.works import AddWork
from tests.api.users import User


def names(client: httpx2.Client, username: str, **asked: str) -> list[str]:
    answer = client.get(f"{API}/users/{username}/works", params=asked)
    assert answer.status_code == 200, answer.text
    return [work["name"] for work in answer.json()["works"]]


@pytest.fixture
def works(add: AddWork, asha: User) -> None:
    """Add works of every visibility, each changed later than the one before."""
    changes: list[dict[str, Any]] = [
        {"views": 10, "published_at": "2026-01-09T00:00:00Z"},
        {"views": 5, "published_at": "2026-01-08T00:00:00Z"},
        {"views": 100, "visibility": "private"},
        {"views": 100, "visibility": "unlisted"},
        {"latest_version": 0},
        {"views": 100, "hidden_at": "2026-01-01T00:00:00Z", "hidden_reason": "spam"},
    ]
    for number, change in enumerate(changes):
        add(f"map_{number}", user_id=asha.id, updated_at=f"2026-02-0{number + 1}T00:00:00Z", **change)
    add("lib_0", user_id=asha.id, kind="lib", views=1)
    add("other")


def test_a_profile_counts_what_everyone_finds(works: None, api: httpx2.Client, asha: User, owner: Engine) -> None:
    with owner.begin() as connection:
        connection.execute(text("UPDATE hub_users SET full_name = 'Asha Rao', bio = 'Rivers.', is_trusted = true"))
    for client in (api, asha.client):
        profile = client.get(f"{API}/users/asha").json()
        assert profile.pop("created_at")
        assert profile == {
            "username": "asha",
            "full_name": "Asha Rao",
            "bio": "Rivers.",
            "is_admin": False,
            "is_trusted": True,
            "maps_count": 2,
            "views_count": 16,
        }


def test_somebody_without_works_has_a_profile(api: httpx2.Client, asha: User) -> None:
    profile = api.get(f"{API}/users/asha").json()
    assert (profile["maps_count"], profile["views_count"]) == (0, 0)
    assert names(api, "asha") == []


def test_a_former_name_leads_to_the_present_one(works: None, api: httpx2.Client, asha: User, owner: Engine) -> None:
    rename(owner, asha, "asha.rao")
    for username in ("asha", "asha.rao"):
        assert api.get(f"{API}/users/{username}").json()["username"] == "asha.rao"
        assert names(api, username) == ["map_0", "map_1"]


@pytest.mark.parametrize("path", ["users/{}", "users/{}/works"])
def test_who_is_unknown_or_disabled_is_a_404(
    works: None, api: httpx2.Client, asha: User, owner: Engine, path: str
) -> None:
    with owner.begin() as connection:
        connection.execute(text("UPDATE hub_users SET disabled_at = now()"))
    for username in ("asha", "nobody"):
        answer = api.get(f"{API}/{path.format(username)}")
        assert (answer.status_code, answer.json()["type"]) == (404, "urn:xatra:problem:user-not-found")


def test_others_see_the_works_that_everyone_finds_the_last_published_first(
    works: None, api: httpx2.Client, ravi: User
) -> None:
    assert names(api, "asha") == names(ravi.client, "asha") == ["map_0", "map_1"]
    assert names(api, "asha", kind="lib") == ["lib_0"]
    assert names(api, "asha", kind="css") == []


def test_authors_see_all_of_theirs_the_last_changed_first(works: None, asha: User) -> None:
    cards = asha.client.get(f"{API}/users/asha/works").json()["works"]

    assert [card["name"] for card in cards] == [f"map_{number}" for number in reversed(range(6))]
    assert [card["visibility"] for card in cards][2:4] == ["unlisted", "private"]
    assert (cards[0]["hidden_reason"], cards[1]["latest_version"], cards[1]["published_at"]) == ("spam", 0, None)


def test_works_come_in_pages(works: None, api: httpx2.Client, asha: User) -> None:
    for client, expected in [(api, ["map_0", "map_1"]), (asha.client, [f"map_{n}" for n in reversed(range(6))])]:
        found, cursor = [], None
        for _ in expected:
            asked = {"limit": 1} | ({"cursor": cursor} if cursor else {})
            page = client.get(f"{API}/users/asha/works", params=asked).json()
            found += [work["name"] for work in page["works"]]
            cursor = page["next_cursor"]
        assert (found, cursor) == (expected, None)


def test_a_cursor_of_another_list_is_a_422(works: None, api: httpx2.Client, asha: User) -> None:
    cursor = asha.client.get(f"{API}/users/asha/works", params={"limit": 1}).json()["next_cursor"]
    answer = api.get(f"{API}/users/asha/works", params={"cursor": cursor})
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:xatra:problem:cursor-invalid")


def test_unchanged_profiles_and_lists_are_a_304(works: None, api: httpx2.Client) -> None:
    for path in ("users/asha", "users/asha/works"):
        tag = api.get(f"{API}/{path}").headers["ETag"]
        assert api.get(f"{API}/{path}", headers={"If-None-Match": tag}).status_code == 304
