"""Orders and pages: total, stable, and each work once, whichever way the search takes through the database."""

import base64
import json
from itertools import batched
from operator import attrgetter

import httpx2
import pytest
from sqlalchemy import Connection, Engine, text
from tests.api.conftest import API
from tests.api.explore.conftest import Explore
from tests.api.explore.works import AddWork
from tests.api.users import User
from tests.load.hub_generator import fill

from xatra_api.explore import service
from xatra_api.explore.schemas import Sort
from xatra_api.hub.works import Kind
from xatra_shared.identity.callers import Caller

SORTS: list[Sort] = ["featured", "votes", "views", "recency"]
KINDS: list[Kind] = ["map", "css"]


def read_pages(connection: Connection, search: str, sort: Sort, kind: Kind, pages: int) -> list[str]:
    """Return the names on the first pages."""
    names: list[str] = []
    cursor = None
    for _ in range(pages):
        page = service.explore(
            connection, Caller.at(None), search, kind=kind, sort=sort, cursor=cursor, limit=30, thumbnails_url=""
        )
        names += [work.name for work in page.works]
        cursor = page.next_cursor
        if cursor is None:
            break
        assert len(page.works) == 30
    return names


def test_each_sort_puts_the_most_first(add: AddWork, explore: Explore) -> None:
    add("plain", votes=3, views=1, published_at="2026-01-04T00:00:00Z")
    add("seen", votes=2, views=9, published_at="2026-01-01T00:00:00Z")
    add("liked", votes=5, views=2, published_at="2026-01-03T00:00:00Z")
    add("chosen", votes=1, views=3, published_at="2026-01-02T00:00:00Z", featured=True)

    assert explore(sort="votes") == ["liked", "plain", "seen", "chosen"]
    assert explore(sort="views") == ["seen", "chosen", "liked", "plain"]
    assert explore(sort="recency") == ["plain", "liked", "chosen", "seen"]
    assert explore() == explore(sort="featured") == ["chosen", "liked", "plain", "seen"]


def test_by_default_equal_votes_are_sorted_by_views_and_then_by_recency(add: AddWork, explore: Explore) -> None:
    add("older", published_at="2026-01-01T00:00:00Z")
    add("newer", published_at="2026-01-02T00:00:00Z")
    add("seen", views=1, published_at="2025-01-01T00:00:00Z")

    assert explore() == ["seen", "newer", "older"]


@pytest.mark.parametrize("sort", SORTS)
def test_pages_hold_every_work_once_though_all_are_equal(add: AddWork, api: httpx2.Client, sort: Sort) -> None:
    names = [f"work_{number}" for number in range(7)]
    for name in names:
        add(name)
    found, cursor = [], None
    for _ in range(4):
        asked = {"sort": sort, "limit": 2, "q": "work"} | ({"cursor": cursor} if cursor else {})
        page = api.get(f"{API}/explore", params=asked).json()
        found.append([work["name"] for work in page["works"]])
        cursor = page["next_cursor"]

    assert found == [list(names) for names in batched(reversed(names), 2)]
    assert cursor is None


def test_works_that_come_and_go_between_pages_move_no_other(add: AddWork, api: httpx2.Client, owner: Engine) -> None:
    for votes in range(1, 7):
        add(f"votes_{votes}", votes=votes)
    first = api.get(f"{API}/explore", params={"sort": "votes", "limit": 3}).json()
    add("new", votes=9)
    with owner.begin() as connection:
        connection.execute(text("UPDATE hub_artifacts SET visibility = 'private' WHERE name IN ('votes_4', 'votes_2')"))
    second = api.get(f"{API}/explore", params={"sort": "votes", "cursor": first["next_cursor"]}).json()

    assert [work["name"] for work in first["works"]] == ["votes_6", "votes_5", "votes_4"]
    assert [work["name"] for work in second["works"]] == ["votes_3", "votes_1"]


def forge(*content: object) -> str:
    """Return a cursor with some content."""
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "x",
        "ü",
        "====",
        "W10",
        "e30",
        "NQ",
        "a" * 400,
        forge("votes.id"),
        forge("votes.id", 1),
        forge("votes.id", 1, 2, 3),
        forge("votes.id", "1", 2),
        forge(*["votes.id", True, 2]),
        forge("votes.id", 1.5, 2),
        forge("votes.id", -1, 2),
        forge("votes.id", 1 << 63, 2),
        forge("votes.id", None, 2),
        forge("votes.id", [1], 2),
        forge("views.id", 1, 2),
        forge(["votes.id"], 1, 2),
    ],
)
def test_a_cursor_that_is_none_is_a_422(api: httpx2.Client, cursor: str) -> None:
    answer = api.get(f"{API}/explore", params={"sort": "votes", "cursor": cursor})
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:xatra:problem:cursor-invalid")


@pytest.mark.parametrize("moment", ["x", "2026-01-01", "2026-01-01T00:00:00", 1, "99999-01-01T00:00:00+00:00"])
def test_a_cursor_with_another_time_than_ours_is_a_422(api: httpx2.Client, moment: object) -> None:
    cursor = forge("published_at.id", moment, 1)
    answer = api.get(f"{API}/explore", params={"sort": "recency", "cursor": cursor})
    assert answer.json()["type"] == "urn:xatra:problem:cursor-invalid"


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59.999999-23:59"])
def test_a_cursor_from_beyond_all_works_gives_none_or_all(add: AddWork, explore: Explore, moment: str) -> None:
    add("a1")
    found = explore(sort="recency", cursor=forge("published_at.id", moment, 1))
    assert found == (["a1"] if moment.startswith("9") else [])


@pytest.fixture
def generated(owner: Engine, database_urls: dict[str, str]) -> Engine:
    """Return a database with so many works that searches take every way through it."""
    with owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))  # what tests before have deleted would be read for each work
    with owner.begin() as connection:
        fill(connection, works=15_000)
        connection.execute(text("ANALYZE"))
    return owner


def searches_of(connection: Connection) -> list[str]:
    """Return searches that find much, some and little."""
    words = connection.execute(
        text("SELECT ndoc, word FROM ts_stat('SELECT search FROM hub_listed') ORDER BY ndoc DESC, word")
    ).all()
    common = words[0].word
    middling = next(row.word for row in words if row.ndoc <= 100)
    rare = next(row.word for row in words if row.ndoc <= 3)
    busiest = connection.execute(
        text(
            """
            SELECT username FROM hub_users author JOIN hub_artifacts work ON work.user_id = author.id
            WHERE listed GROUP BY username ORDER BY count(*) DESC LIMIT 1
            """
        )
    ).scalar_one()
    everyones = ["", "a", common, middling, rare, f"a {rare}", f"{common} {middling}", f"{common} e k", "zzzz"]
    return everyones + [f"user:{busiest} {search}" for search in everyones]


@pytest.mark.timeout(240)
def test_a_search_of_a_large_hub_finds_what_reading_all_of_it_does(generated: Engine) -> None:
    with generated.connect() as connection:
        listed = connection.execute(
            text(
                """
                SELECT work.*, coalesce('user:' || author.username, '') AS author_token
                FROM hub_artifacts work LEFT JOIN hub_users author ON author.id = work.user_id WHERE listed
                """
            )
        ).all()
        for search in searches_of(connection):
            found = [
                row
                for row in listed
                if all(f" {word}" in f" {row.author_token} {row.search_text}" for word in search.split())
            ]
            for sort, order in service.ORDERS.items():
                for kind in KINDS:
                    expected = sorted((row for row in found if row.kind == kind), key=attrgetter(*order), reverse=True)
                    names = [row.name for row in expected[:150]]
                    assert read_pages(connection, search, sort, kind, 5) == names, (search, sort, kind)


def test_cards_tell_what_lists_show(add: AddWork, api: httpx2.Client, asha: User, ravi: User, owner: Engine) -> None:
    sha256 = "a" * 64
    with owner.begin() as connection:
        connection.execute(
            text("INSERT INTO files (sha256, media_type, size_bytes) VALUES (:sha256, 'image/webp', 1)"),
            {"sha256": sha256},
        )
    work_id = add(
        "rivers",
        user_id=asha.id,
        description="long " * 100,
        display_type="Atlas",
        thumbnail_sha256=sha256,
        votes=1,
        views=2,
        featured=True,
        latest_version=3,
    )
    with owner.begin() as connection:
        connection.execute(
            text("INSERT INTO hub_votes (artifact_id, user_id) VALUES (:work, :user)"),
            {"work": work_id, "user": ravi.id},
        )
    [card] = api.get(f"{API}/explore").json()["works"]

    assert card == {
        "kind": "map",
        "name": "rivers",
        "author": "asha",
        "description": ("long " * 100)[:280],
        "display_type": "Atlas",
        "thumbnail_url": f"{API}/thumbnails/{sha256}",
        "votes": 1,
        "views": 2,
        "featured": True,
        "latest_version": 3,
        "published_at": "2026-01-01T00:00:00Z",
        "visibility": "public",
        "hidden_reason": None,
        "viewer_voted": None,
    }
    [by_voter] = ravi.client.get(f"{API}/explore").json()["works"]
    [by_other] = asha.client.get(f"{API}/explore").json()["works"]
    assert (by_voter["viewer_voted"], by_other["viewer_voted"]) == (True, False)


def test_a_work_that_nobody_has_any_more_is_shown_without_author(add: AddWork, api: httpx2.Client) -> None:
    add("rivers", disassociated_at="2026-01-01T00:00:00Z")
    [card] = api.get(f"{API}/explore").json()["works"]
    assert card["author"] is None


def test_an_unchanged_page_is_a_304(add: AddWork, api: httpx2.Client, asha: User, owner: Engine) -> None:
    add("rivers")
    first = api.get(f"{API}/explore")
    tag = first.headers["ETag"]
    again = api.get(f"{API}/explore", headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    assert first.headers["Cache-Control"] == again.headers["Cache-Control"] == "private, no-cache"

    assert asha.client.get(f"{API}/explore", headers={"If-None-Match": tag}).status_code == 200
    with owner.begin() as connection:
        connection.execute(text("UPDATE hub_artifacts SET votes = votes + 1"))
    assert api.get(f"{API}/explore", headers={"If-None-Match": tag}).status_code == 200
