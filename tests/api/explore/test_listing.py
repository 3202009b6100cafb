"""What lists read of works follows the works, whoever changes them."""

from typing import Any

import httpx2
import pytest
from sqlalchemy import Engine, create_engine, text
from tests.api.conftest import API
from tests.api.explore.conftest import Explore
from tests.api.explore.works import AddWork
from tests.api.users import User


def change(owner: Engine, **columns: Any) -> None:  # noqa: ANN401 - of any type that columns have
    with owner.begin() as connection:
        connection.execute(
            text(f"UPDATE hub_artifacts SET {', '.join(f'{column} = :{column}' for column in columns)}"), columns
        )


@pytest.mark.parametrize(
    ("hiding", "showing"),
    [
        ({"visibility": "private"}, {"visibility": "public"}),
        ({"hidden_at": "2026-01-01T00:00:00Z", "hidden_reason": "spam"}, {"hidden_at": None, "hidden_reason": None}),
        ({"latest_version": 0, "published_at": None}, {"latest_version": 1, "published_at": "2026-02-01T00:00:00Z"}),
    ],
)
def test_works_come_and_go_with_what_makes_them_listed(
    add: AddWork, explore: Explore, owner: Engine, hiding: dict[str, Any], showing: dict[str, Any]
) -> None:
    add("rivers")
    change(owner, **hiding)
    assert explore() == explore("riv") == []
    change(owner, **showing)
    assert explore() == explore("riv") == ["rivers"]


def test_a_work_is_found_by_the_words_that_it_has_now(add: AddWork, explore: Explore, owner: Engine) -> None:
    add("rivers")
    change(owner, search_text="streams of bengal")
    assert explore("riv") == []
    assert explore("beng") == ["rivers"]


def test_works_take_the_places_that_their_counts_give_them(add: AddWork, explore: Explore, owner: Engine) -> None:
    add("first", votes=1, views=1)
    add("second")
    with owner.begin() as connection:
        connection.execute(text("UPDATE hub_artifacts SET votes = 2, views = 2 WHERE name = 'second'"))
    assert explore(sort="votes") == explore(sort="views") == explore() == ["second", "first"]
    with owner.begin() as connection:
        connection.execute(text("UPDATE hub_artifacts SET featured = name = 'first'"))
    assert explore() == ["first", "second"]


def test_a_deleted_account_leaves_its_works_without_author(
    add: AddWork, api: httpx2.Client, asha: User, database_urls: dict[str, str]
) -> None:
    add("rivers", user_id=asha.id)
    engine = create_engine(database_urls["xatra_auth"])
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM hub_users WHERE id = :id"), {"id": asha.id})
    engine.dispose()

    [card] = api.get(f"{API}/explore").json()["works"]
    assert (card["name"], card["author"]) == ("rivers", None)
    assert api.get(f"{API}/explore", params={"q": "user:asha"}).json()["works"] == []


def test_a_deleted_work_is_not_listed(add: AddWork, explore: Explore, owner: Engine) -> None:
    work_id = add("rivers")
    with owner.begin() as connection:
        connection.execute(text("DELETE FROM hub_artifacts WHERE id = :id"), {"id": work_id})
    assert explore() == []


def test_saving_an_alpha_writes_no_list(add: AddWork, owner: Engine) -> None:
    add("rivers")
    with owner.connect() as connection:
        before = connection.execute(text("SELECT xmin FROM hub_listed")).scalar_one()
        connection.commit()
        change(owner, alpha_content="x = 1", alpha_version=2)
        assert connection.execute(text("SELECT xmin FROM hub_listed")).scalar_one() == before
