"""How requests went: what is kept of them, who sees it, and what follows of it for routes."""

import math
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest
from prometheus_client import CollectorRegistry
from sqlalchemy import Engine, create_engine, text
from tests.api.conftest import API
from tests.api.users import User, make_user
from tests.shared.http.serving import serving
from tests.waiting import until

from xatra_api.app import create_app
from xatra_api.own_data import repository as own_data
from xatra_api.settings import ApiSettings
from xatra_shared.telemetry.repository import RequestRecord, add_request_records
from xatra_shared.telemetry.request_records import RequestRecorder

REQUESTS = f"{API}/admin/requests"
SCOPE: dict[str, Any] = {"type": "http", "method": "GET", "headers": [], "query_string": b"", "client": None}


def rows(owner: Engine) -> list[Any]:
    with owner.connect() as connection:
        return list(connection.execute(text("SELECT * FROM request_records ORDER BY id")))


def wait_for(owner: Engine, count: int) -> list[Any]:
    until(lambda: len(rows(owner)) >= count, seconds=20)
    return rows(owner)


def record(**changes: Any) -> RequestRecord:  # noqa: ANN401 - whatever a record has
    values: dict[str, Any] = {
        "started_at": datetime.now(UTC) - timedelta(minutes=1),
        "service": "api",
        "request_id": "a" * 32,
        "method": "GET",
        "route": "/files",
        "query_names": [],
        "status": 200,
        "milliseconds": 5.0,
        "is_slow": False,
        "stands_for": 1.0,
        "user_id": None,
        "address": "192.0.2.1",
        "country": None,
    }
    return RequestRecord(**values | changes)


@pytest.fixture
def keep(database_urls: dict[str, str]) -> Callable[..., None]:
    """Return what writes records as the api does."""

    def write(*records: RequestRecord) -> None:
        engine = create_engine(database_urls["xatra_api"])
        with engine.begin() as connection:
            add_request_records(connection, records)
        engine.dispose()

    return write


def test_a_request_is_kept_with_its_route_user_address_and_id(api: httpx2.Client, asha: User, owner: Engine):
    answer = asha.client.get(f"{API}/files")
    [kept] = wait_for(owner, 1)

    assert (kept.service, kept.method, kept.route, kept.status) == ("api", "GET", "/files", 200)
    assert (kept.user_id, kept.address, kept.country) == (asha.id, "127.0.0.1", None)
    assert kept.request_id == answer.headers["X-Request-ID"]
    assert kept.milliseconds > 0
    assert kept.stands_for == 1


def test_of_path_and_query_nothing_is_kept_that_somebody_typed(api: httpx2.Client, owner: Engine):
    api.get(f"{API}/explore", params={"q": "hunter2", "sEcret-hunter2": "1", "hunter2!": ""})
    api.get(f"{API}/artefacts/{'5ec2e7' * 11}")
    kept = wait_for(owner, 2)

    assert kept[0].query_names == ["q"]
    assert "hunter2" not in str(kept)
    assert "5ec2e7" not in str(kept)


def test_a_country_counts_from_trusted_proxies_alone(serve: Callable[..., httpx2.Client], owner: Engine):
    for trusted in ((), ("127.0.0.1/32",)):
        api = serve(request_sample=1, country_header="CF-IPCountry", trusted_proxies=trusted)
        for country in ("IN", "<script>"):
            api.get(f"{API}/files", headers={"CF-IPCountry": country, "X-Forwarded-For": "203.0.113.7"})
        wait_for(owner, 2 if not trusted else 4)

    assert [(kept.country, kept.address) for kept in rows(owner)] == [
        (None, "127.0.0.1"),
        (None, "127.0.0.1"),
        ("IN", "203.0.113.7"),
        (None, "203.0.113.7"),
    ]


def test_server_errors_and_slow_requests_are_kept_all_and_others_by_sample(
    serve: Callable[..., httpx2.Client], owner: Engine, database_urls: dict[str, str]
):
    api = serve(request_sample=0)
    for _ in range(5):
        api.get(f"{API}/files")
        assert api.post(f"{API}/renders", json={"program": "x = 1"}).status_code == 503  # no worker was ever here
    serve(request_sample=0, slow_request_milliseconds=1).get(f"{API}/explore")
    kept = wait_for(owner, 6)

    assert sorted((entry.status, entry.is_slow, entry.stands_for) for entry in kept) == [
        (200, True, 1),
        *[(503, False, 1)] * 5,
    ]


def test_who_asks_to_wait_is_not_slow(serve: Callable[..., httpx2.Client], owner: Engine):
    api = serve(request_sample=1, slow_request_milliseconds=1)
    api.get(f"{API}/explore", headers={"Prefer": "wait=1"})
    [kept] = wait_for(owner, 1)

    assert not kept.is_slow


def test_what_is_noted_when_the_service_stops_is_written(settings: ApiSettings, owner: Engine):
    app = create_app(settings.model_copy(update={"request_sample": 1}))
    with serving(app) as url:
        for _ in range(20):
            httpx2.get(f"{url}{API}/files")

    assert len(rows(owner)) == 20


def test_a_full_queue_drops_and_counts_and_blocks_nobody():
    registry = CollectorRegistry()
    recorder = RequestRecorder("api", registry, slow_seconds=1, sample=1)
    for _ in range(600):
        recorder.note(SCOPE, 200, 0.1, None)

    assert registry.get_sample_value("request_records_dropped_total") == 100


def test_without_a_database_requests_are_answered_all_the_same(serve: Callable[..., httpx2.Client]):
    api = serve(request_sample=1, database_url="postgresql+psycopg://x:y@127.0.0.1:1/x")
    assert api.get(f"{API}/health").status_code == 503

    until(lambda: "request_records_dropped_total 1.0" in api.get("/metrics").text, seconds=20)


def test_a_sample_of_one_in_four_stands_for_four():
    recorder = RequestRecorder("api", CollectorRegistry(), slow_seconds=1, sample=0.25)
    for _ in range(1200):
        recorder.note(SCOPE, 404, 0.1, None)
    kept = recorder._pending  # noqa: SLF001 - what it has in hand

    assert {entry.stands_for for entry in kept} == {4}
    assert math.isclose(len(kept), 300, rel_tol=0.35)


@pytest.mark.parametrize("path", ["", "/errors", "/slow", "/stats"])
def test_administrators_alone_see_requests(api: httpx2.Client, asha: User, admin: User, path: str):
    assert api.get(f"{REQUESTS}{path}").status_code == 401
    assert asha.client.get(f"{REQUESTS}{path}").status_code == 403
    assert admin.client.get(f"{REQUESTS}{path}").status_code == 200


def test_lists_are_paged_the_newest_first(admin: User, keep: Callable[..., None]):
    keep(*[record(route="/mine", milliseconds=float(number)) for number in range(7)])
    seen, cursor = [], None
    while True:
        page = admin.client.get(
            REQUESTS, params={"route": "/mine", "limit": 3, **({"cursor": cursor} if cursor else {})}
        ).json()
        seen += [entry["milliseconds"] for entry in page["requests"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break

    assert seen == [6, 5, 4, 3, 2, 1, 0]


@pytest.mark.parametrize(
    ("path", "filters", "found"),
    [
        ("", {"status": 404}, {"b"}),
        ("", {"service": "auth"}, {"c"}),
        ("", {"username": "asha"}, {"a"}),
        ("", {"username": "nobody"}, set()),
        ("", {"method": "POST"}, {"d"}),
        ("", {"address": "203.0.113.7"}, {"c"}),
        ("", {"country": "IN"}, {"d"}),
        ("", {"request_id": "b" * 32}, {"b"}),
        ("", {"minimum_milliseconds": 1500}, {"d"}),
        ("", {"route": "/b"}, {"b"}),
        ("/errors", {"route": "/b"}, {"b"}),
        ("/errors", {"route": "/a"}, set()),
        ("/slow", {}, {"d"}),
    ],
)
def test_filters_hold_together(
    admin: User, asha: User, keep: Callable[..., None], path: str, filters: dict[str, Any], found: set[str]
):
    keep(
        record(route="/a", user_id=asha.id),
        record(route="/b", status=404, request_id="b" * 32),
        record(route="/c", service="auth", address="203.0.113.7"),
        record(route="/d", method="POST", milliseconds=2000.0, is_slow=True, country="IN"),
    )
    page = admin.client.get(f"{REQUESTS}{path}", params=filters).json()

    assert {entry["route"].removeprefix("/") for entry in page["requests"]} == found


def test_stats_count_what_records_stand_for(admin: User, keep: Callable[..., None]):
    keep(
        *[record(route="/mine", milliseconds=float(number), stands_for=10.0) for number in range(1, 10)],
        record(route="/mine", milliseconds=3000.0, is_slow=True, status=500),
        record(route="/mine", milliseconds=20.0, status=404, stands_for=9.0),
        record(route="/mine", started_at=datetime.now(UTC) - timedelta(hours=30)),
    )
    [figures] = [route for route in admin.client.get(f"{REQUESTS}/stats").json()["routes"] if route["route"] == "/mine"]

    assert (figures["requests"], figures["client_errors"], figures["server_errors"]) == (100, 9, 1)
    assert figures["error_rate"] == 0.01
    assert [figures[f"p{part}_milliseconds"] for part in (50, 95, 99)] == [5, 20, 20]


def test_who_is_deleted_is_forgotten_though_not_how_requests_went(
    asha: User, keep: Callable[..., None], owner: Engine, database_urls: dict[str, str]
):
    keep(record(user_id=asha.id, country="IN"))
    engine = create_engine(database_urls["xatra_api"])
    with engine.begin() as connection:
        own_data.finish_erasing(connection, asha.id, f"user:{asha.id}")
    engine.dispose()
    [kept] = rows(owner)

    assert (kept.user_id, kept.address, kept.country, kept.route) == (None, None, None, "/files")


PROFILE = {"X-Profile": "html"}


def test_an_administrator_gets_the_profile_of_one_request(admin: User):
    answer = admin.client.get(f"{API}/explore", headers=PROFILE)

    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/html")
    assert answer.headers["X-Profiled-Status"] == "200"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "xatra_api/explore/" in answer.text
    assert admin.client.get(f"{API}/explore").headers["Content-Type"] == "application/json"


def test_a_profiled_request_keeps_the_rules_of_its_route(admin: User):
    refused = admin.client.post(f"{API}/renders", json={"nothing": 1}, headers=PROFILE)

    assert refused.headers["X-Profiled-Status"] == "422"


def test_nobody_else_gets_a_profile(api: httpx2.Client, asha: User, database_urls: dict[str, str]):
    narrow = make_user(database_urls["xatra_auth"], api, "meera", is_admin=True, scopes=("render",))
    with narrow.client:
        assert narrow.client.get(f"{API}/explore", headers=PROFILE).status_code == 403
    assert api.get(f"{API}/explore", headers=PROFILE).status_code == 401
    assert asha.client.get(f"{API}/explore", headers=PROFILE).status_code == 403
    assert api.get(f"{API}/explore", headers={**PROFILE, "Authorization": "Bearer nonsense"}).status_code == 401


def test_a_page_of_another_site_profiles_nothing(admin: User):
    answer = admin.client.post(
        f"{API}/renders", json={"program": "x = 1"}, headers={**PROFILE, "Origin": "https://elsewhere.example"}
    )

    assert answer.status_code == 403
    assert "X-Profiled-Status" not in answer.headers
