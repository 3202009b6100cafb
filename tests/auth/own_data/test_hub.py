"""What is a user's in the hub: downloaded by the user; with the account goes what nobody else needs."""

import json
import time
from typing import Any

import pytest
from sqlalchemy import Engine, text
from tests.auth.browsing import API, AUTH, Browser
from tests.auth.own_data.conftest import delete_account, is_erased
from tests.shared.hub.works import Works
from tests.waiting import until

from xatra_api.own_data import service


@pytest.fixture
def works(owner: Engine, database_urls: dict[str, str]) -> Works:
    """Return the empty hub."""
    return Works(owner)


@pytest.fixture
def others_work(works: Works, ravi: Browser) -> int:
    """Return a work of Ravi's."""
    return works.make("others", user_id=number_of(ravi))


def number_of(browser: Browser) -> int:
    number: int = browser.get(f"{AUTH}/me").json()["id"]
    return number


def vote(works: Works, work_id: int, user_id: int) -> None:
    works.change("INSERT INTO hub_votes (artifact_id, user_id) VALUES (:id, :by) RETURNING 1", id=work_id, by=user_id)
    works.change("UPDATE hub_artifacts SET votes = votes + 1 WHERE id = :id RETURNING 1", id=work_id)


def view(works: Works, work_id: int, viewer: str) -> None:
    works.change("INSERT INTO hub_map_views VALUES (:id, :viewer) RETURNING 1", id=work_id, viewer=viewer)
    works.change("UPDATE hub_artifacts SET views = views + 1 WHERE id = :id RETURNING 1", id=work_id)


def report(works: Works, work_id: int, reporter: str) -> None:
    works.change(
        "INSERT INTO hub_reports (artifact_id, reporter, reason, details)"
        " VALUES (:id, :reporter, 'spam', 'look') RETURNING id",
        id=work_id,
        reporter=reporter,
    )


def save(works: Works, work_id: int) -> None:
    works.change("INSERT INTO hub_alpha_saves VALUES (:id, 1, 'x = 0') RETURNING 1", id=work_id)


def draft(works: Works, caller: str, **project: str) -> None:
    works.change(
        "INSERT INTO hub_drafts (owner_key, project) VALUES (:caller, :project) RETURNING 1",
        caller=caller,
        project=json.dumps(project),
    )


def erase(browser: Browser, database: Engine) -> None:
    delete_account(browser)
    until(lambda: is_erased(database))


def rows(database: Engine, query: str) -> list[Any]:
    with database.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def test_users_download_their_works_with_all_that_they_say_and_said(
    asha: Browser, works: Works, others_work: int
) -> None:
    number = number_of(asha)
    library = works.make("parts", kind="lib", user_id=number)
    work_id = works.make(
        "mine", user_id=number, alpha_content="x = 2", alpha_metadata='{"zoom": 3}', library_id=library
    )
    works.publish("x = 1", work_id=work_id, metadata='{"zoom": 2}')
    save(works, work_id)
    works.publish("y = 1", work_id=others_work)

    data = asha.get(f"{API}/me/data").json()

    assert [work["name"] for work in data["works"]] == ["parts", "mine"]
    mine = data["works"][1]
    assert (mine["alpha_content"], mine["alpha_metadata"], mine["library"]) == ("x = 2", {"zoom": 3}, "parts")
    [version] = data["versions"]
    assert (version["name"], version["version"], version["content"]) == ("mine", 1, "x = 1")
    assert version["metadata"] == {"zoom": 2}
    assert [save["content"] for save in data["earlier_alphas"]] == ["x = 0"]


def test_users_download_their_drafts_votes_views_and_reports(
    asha: Browser, ravi: Browser, works: Works, others_work: int
) -> None:
    for browser in (asha, ravi):
        number = number_of(browser)
        vote(works, others_work, number)
        view(works, others_work, f"user:{number}")
        report(works, others_work, f"user:{number}")
        draft(works, f"user:{number}", program=f"x = {number}")

    data = asha.get(f"{API}/me/data").json()

    assert [len(data[name]) for name in ("drafts", "votes", "views", "reports")] == [1, 1, 1, 1]
    assert data["drafts"][0]["project"] == {"program": f"x = {number_of(asha)}"}
    assert data["votes"][0]["name"] == data["views"][0]["name"] == data["reports"][0]["name"] == "others"
    assert data["reports"][0]["details"] == "look"


def test_many_works_and_versions_are_downloaded_whole_and_in_order(
    asha: Browser, works: Works, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "_ROWS_AT_ONCE", 2)
    number = number_of(asha)
    for name in ("a", "b", "c", "d"):
        work_id = works.make(name, user_id=number)
        for version in range(3):
            works.publish(f"{name} = {version}", work_id=work_id)

    data = asha.get(f"{API}/me/data").json()

    assert [work["name"] for work in data["works"]] == ["a", "b", "c", "d"]
    contents = [f"{name} = {version}" for name in "abcd" for version in range(3)]
    assert [version["content"] for version in data["versions"]] == contents


def test_works_that_were_never_published_go_with_the_account(
    asha: Browser, works: Works, others_work: int, api_database: Engine
) -> None:
    number = number_of(asha)
    unseen = works.make("unseen", user_id=number, public=False)
    save(works, unseen)
    seen = works.make("seen", user_id=number)
    works.change(
        "UPDATE hub_artifacts SET forked_from_id = :seen WHERE id = :id RETURNING 1", seen=seen, id=others_work
    )

    erase(asha, api_database)

    assert rows(api_database, "SELECT name, forked_from_id FROM hub_artifacts") == [("others", None)]
    assert rows(api_database, "SELECT count(*) FROM hub_alpha_saves") == [(0,)]


def test_names_that_others_may_have_seen_are_never_given_away_and_others_are_free(
    asha: Browser, works: Works, api_database: Engine
) -> None:
    number = number_of(asha)
    works.make("unseen", user_id=number, public=False)
    works.make("seen", user_id=number)

    erase(asha, api_database)

    assert rows(api_database, "SELECT name, artifact_id, user_id FROM hub_artifact_names") == [("seen", None, None)]


def test_published_works_stay_and_are_nobodys(asha: Browser, works: Works, api_database: Engine) -> None:
    work_id = works.make("mine", user_id=number_of(asha), alpha_metadata='{"by": "asha"}', alpha_content="x = 2")
    works.publish("x = 1", work_id=work_id)
    save(works, work_id)

    erase(asha, api_database)

    [work] = rows(
        api_database,
        "SELECT name, user_id, disassociated_at IS NOT NULL, alpha_metadata, alpha_content, latest_version"
        " FROM hub_artifacts",
    )
    assert work == ("mine", None, True, {}, "x = 2", 1)
    assert rows(api_database, "SELECT content FROM hub_artifact_versions") == [("x = 1",)]
    assert rows(api_database, "SELECT count(*) FROM hub_alpha_saves") == [(0,)]
    assert rows(api_database, "SELECT name, artifact_id FROM hub_artifact_names") == [("mine", work_id)]


def test_works_that_were_disassociated_before_stay_as_they_are(
    asha: Browser, works: Works, api_database: Engine
) -> None:
    work_id = works.make("nobodys", alpha_metadata='{"zoom": 3}')
    works.publish("x = 1", work_id=work_id)
    works.change(
        "UPDATE hub_artifacts SET disassociated_at = '2020-01-01T00:00:00Z' WHERE id = :id RETURNING 1", id=work_id
    )

    erase(asha, api_database)

    assert rows(api_database, "SELECT extract(year FROM disassociated_at)::int, alpha_metadata FROM hub_artifacts") == [
        (2020, {"zoom": 3})
    ]


def test_votes_go_with_their_counts_and_views_without(
    asha: Browser, ravi: Browser, works: Works, api_database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "_ROWS_ERASED_AT_ONCE", 2)
    made = [works.make(user_id=number_of(ravi)) for _ in range(5)]
    for browser in (asha, ravi):
        for work_id in made:
            vote(works, work_id, number_of(browser))
            view(works, work_id, f"user:{number_of(browser)}")

    erase(asha, api_database)

    assert rows(api_database, "SELECT votes, views FROM hub_artifacts") == [(1, 2)] * 5
    left = number_of(ravi)
    assert rows(api_database, "SELECT DISTINCT user_id FROM hub_votes") == [(left,)]
    assert rows(api_database, "SELECT DISTINCT viewer_key FROM hub_map_views") == [(f"user:{left}",)]


def test_reports_stay_and_nobody_knows_who_made_them(
    asha: Browser, ravi: Browser, works: Works, others_work: int, api_database: Engine
) -> None:
    for browser in (asha, ravi):
        report(works, others_work, f"user:{number_of(browser)}")

    erase(asha, api_database)

    assert rows(api_database, "SELECT reporter = 'erased:' || id, details FROM hub_reports ORDER BY id") == [
        (True, "look"),
        (False, "look"),
    ]


def test_drafts_go_with_the_account_and_those_of_others_stay(
    asha: Browser, ravi: Browser, works: Works, api_database: Engine
) -> None:
    for browser in (asha, ravi):
        draft(works, f"user:{number_of(browser)}", program="x = 1")

    erase(asha, api_database)

    assert rows(api_database, "SELECT owner_key FROM hub_drafts") == [(f"user:{number_of(ravi)}",)]


def test_what_somebody_else_changes_just_now_is_erased_later(
    asha: Browser, works: Works, others_work: int, api_database: Engine, owner: Engine
) -> None:
    vote(works, others_work, number_of(asha))
    with owner.begin() as other:
        other.execute(text("SELECT FROM hub_artifacts FOR UPDATE"))
        delete_account(asha)
        until(lambda: rows(api_database, "SELECT 1 FROM deleted_users"))
        time.sleep(0.5)
        assert not is_erased(api_database)
    until(lambda: is_erased(api_database))
    assert rows(api_database, "SELECT votes FROM hub_artifacts") == [(0,)]
