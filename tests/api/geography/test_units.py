"""What is told of the map data, and what is not."""

from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from sqlalchemy import Engine, text
from tests.api.conftest import API
from tests.api.geography.conftest import UNITS, Publish
from tests.api.test_hostile_requests import VALUES
from tests.waiting import until

from xatra_api.geography import service

PATHS = ("units", "units/IND", "countries", "countries/IND/levels")


def ask(api: httpx2.Client, path: str, **query: str | int) -> httpx2.Response:
    return api.get(f"{API}/geography/{path}", params=query)


def ids(answer: httpx2.Response) -> list[str]:
    return [unit["id"] for unit in answer.json()["units"]]


def add_worker(owner: Engine, data_version: str, *, started: str = "0 s", seen: str = "0 s") -> None:
    with owner.begin() as connection:
        connection.execute(
            text(
                """
                INSERT INTO render_workers (id, engine_version, data_version, slots, started_at, last_seen_at)
                VALUES (:id, 'e', :data_version, 1, now() - CAST(:started AS interval), now() - CAST(:seen AS interval))
                """
            ),
            {"id": f"{data_version}-{started}", "data_version": data_version, "started": started, "seen": seen},
        )


def test_a_unit_is_found_whatever_the_case_and_accents(api: httpx2.Client, publish: Publish) -> None:
    publish()
    assert ids(ask(api, "units", q="ile de FRANCE")) == ["FRA.8"]
    assert ids(ask(api, "units", q="मद")) == []
    assert ids(ask(api, "units", q="madras")) == ["IND.31"]
    assert ids(ask(api, "units", q="IND.31.")) == ["IND.31.2"]


def test_a_unit_comes_with_all_that_tells_it_from_its_namesakes(api: httpx2.Client, publish: Publish) -> None:
    publish()
    expected = {
        "id": "IND.31.2",
        "name": "Coimbatore",
        "variants": [],
        "country": "IND",
        "level": 2,
        "parent": "IND.31",
        "within": ["India", "TamilNadu"],
        "type": "District",
    }
    assert ask(api, "units", q="coim").json() == {"units": [expected]}
    assert ask(api, "units/IND.31.2").json() == expected


def test_country_level_and_limit_narrow_a_search(api: httpx2.Client, publish: Publish) -> None:
    publish()
    assert ids(ask(api, "units")) == ["FRA", "IND", "IND.5", "FRA.8", "IND.31", "IND.31.2"]
    assert ids(ask(api, "units", country="IND")) == ["IND", "IND.5", "IND.31", "IND.31.2"]
    assert ids(ask(api, "units", country="IND", level=1)) == ["IND.5", "IND.31"]
    assert ids(ask(api, "units", level=5)) == []
    assert ids(ask(api, "units", limit=1)) == ["FRA"]


def test_countries_come_with_their_levels(api: httpx2.Client, publish: Publish) -> None:
    publish()
    assert ask(api, "countries").json() == {
        "countries": [
            {"id": "FRA", "name": "France", "levels": [0, 1]},
            {"id": "IND", "name": "India", "levels": [0, 1, 2]},
        ]
    }
    assert ask(api, "countries/IND/levels").json() == {
        "levels": [
            {"level": 0, "units": 1, "type": None},
            {"level": 1, "units": 2, "type": "State"},
            {"level": 2, "units": 1, "type": "District"},
        ]
    }


@pytest.mark.parametrize(
    ("path", "query", "status", "slug"),
    [
        ("units/IND.99", {}, 404, "unit-not-found"),
        ("units/ind", {}, 404, "unit-not-found"),
        ("countries/XXX/levels", {}, 404, "country-not-found"),
        ("units", {"country": "XXX"}, 422, "not-in-map-data"),
        ("units", {"country": "India"}, 422, "invalid-request"),
        ("units", {"level": 6}, 422, "invalid-request"),
        ("units", {"limit": 0}, 422, "invalid-request"),
        ("units", {"limit": 101}, 422, "invalid-request"),
        ("units", {"q": "x" * 201}, 422, "invalid-request"),
    ],
)
def test_what_there_is_not_is_a_problem(
    api: httpx2.Client, publish: Publish, path: str, query: dict[str, Any], status: int, slug: str
) -> None:
    publish()
    answer = ask(api, path, **query)
    assert (answer.status_code, answer.json()["type"]) == (status, f"urn:xatra:problem:{slug}")
    assert "etag" not in answer.headers


@pytest.mark.parametrize("value", VALUES)
def test_nothing_typed_is_more_than_a_search_without_results(api: httpx2.Client, publish: Publish, value: str) -> None:
    publish()
    assert ask(api, "units", q=value).status_code in {200, 422}


@pytest.mark.parametrize("path", PATHS)
def test_until_a_worker_has_indexed_its_data_the_answer_is_503_and_then_at_once_a_real_one(
    api: httpx2.Client, publish: Publish, path: str
) -> None:
    answer = ask(api, path)
    assert answer.status_code == 503
    assert answer.json()["type"] == "urn:xatra:problem:geography-not-indexed"
    assert answer.headers["Retry-After"] == "5"
    publish()
    assert ask(api, path).status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_who_has_an_answer_of_these_data_is_told_so(api: httpx2.Client, publish: Publish, path: str) -> None:
    publish()
    answer = ask(api, path)
    assert answer.headers["Cache-Control"] == "public, no-cache"
    again = api.get(f"{API}/geography/{path}", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == answer.headers["ETag"]
    assert api.get(f"{API}/geography/{path}", headers={"If-None-Match": '"older"'}).status_code == 200


def test_other_map_data_are_another_answer(
    api: httpx2.Client, publish: Publish, owner: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "_VERSION_KNOWN_SECONDS", 0.1)
    publish("a" * 16)
    tag = ask(api, "units").headers["ETag"]
    publish("b" * 16, UNITS[:1])
    add_worker(owner, "b" * 16)

    assert until(lambda: ids(ask(api, "units")) == ["FRA"])
    assert api.get(f"{API}/geography/units", headers={"If-None-Match": tag}).status_code == 200


def test_the_data_of_the_newest_living_worker_hold(
    serve: Callable[..., httpx2.Client], publish: Publish, owner: Engine
) -> None:
    publish("a" * 16, UNITS[:1])
    publish("b" * 16, UNITS[:2])
    publish("c" * 16, UNITS[:3])
    assert len(ids(ask(serve(), "units"))) == 3  # without a worker, the newest index
    add_worker(owner, "b" * 16, started="2 hours")
    assert len(ids(ask(serve(), "units"))) == 2
    add_worker(owner, "a" * 16, started="1 hour")
    assert len(ids(ask(serve(), "units"))) == 1
    add_worker(owner, "c" * 16, started="1 minute", seen="1 minute")
    assert len(ids(ask(serve(), "units"))) == 1


def test_an_index_of_another_form_is_none(api: httpx2.Client, publish: Publish, owner: Engine) -> None:
    publish()
    with owner.begin() as connection:
        connection.execute(text("UPDATE geography_indexes SET format = 999"))
    assert ask(api, "units").status_code == 503


def test_what_is_open_serves_on_while_the_database_does_not_answer(
    api: httpx2.Client, publish: Publish, owner: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "_VERSION_KNOWN_SECONDS", 0)
    publish()
    assert ask(api, "units").status_code == 200
    with owner.begin() as connection:
        connection.execute(text("REVOKE SELECT ON geography_indexes FROM xatra_api"))
    try:
        assert ask(api, "units").status_code == 200
    finally:
        with owner.begin() as connection:
            connection.execute(text("GRANT SELECT ON geography_indexes TO xatra_api"))
