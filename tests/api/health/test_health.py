"""How the service fares: for everyone, for balancers, for monitoring."""

from collections.abc import Callable

import httpx2
import pytest
from sqlalchemy import Engine, create_engine, text
from tests.api.conftest import API
from tests.shared.http.serving import serving

from xatra_api.app import create_app
from xatra_api.settings import ApiSettings


@pytest.fixture
def worker(database_urls: dict[str, str]) -> None:
    """Let a render worker have shown itself just now."""
    engine = create_engine(database_urls["xatra_render_worker"])
    with engine.begin() as connection:
        connection.execute(
            text("INSERT INTO render_workers (id, engine_version, data_version, slots) VALUES ('w', '1', '1', 1)")
        )
    engine.dispose()


def test_with_all_at_hand_the_service_is_ready(api: httpx2.Client, worker: None) -> None:
    readiness = api.get("/readyz")

    assert readiness.status_code == 200
    assert readiness.json() == {
        "database": True,
        "redis": True,
        "schema_current": True,
        "store": True,
        "render_worker": True,
    }
    health = api.get(f"{API}/health")
    assert (health.status_code, health.json()) == (200, {"status": "ok", "release": "development"})


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"redis_url": "redis://127.0.0.1:1/0"}, {"redis"}),
        ({"database_url": "postgresql+psycopg://x:y@127.0.0.1:1/x"}, {"database", "schema_current", "render_worker"}),
    ],
)
def test_what_does_not_answer_is_named_inside_and_told_as_503_outside(
    serve: Callable[..., httpx2.Client], worker: None, change: dict[str, str], wrong: set[str]
) -> None:
    api = serve(**change)
    readiness = api.get("/readyz")

    assert readiness.status_code == 503
    assert {name for name, answers in readiness.json().items() if not answers} == wrong
    health = api.get(f"{API}/health")
    assert (health.status_code, health.json()["status"]) == (503, "unavailable")
    assert "127.0.0.1" not in health.text


def test_without_a_live_worker_the_service_is_not_ready(api: httpx2.Client) -> None:
    assert api.get("/readyz").json()["render_worker"] is False


def test_the_process_lives_whatever_does_not_answer(serve: Callable[..., httpx2.Client]) -> None:
    api = serve(redis_url="redis://127.0.0.1:1/0", database_url="postgresql+psycopg://x:y@127.0.0.1:1/x")

    assert api.get("/healthz").status_code == 200
    assert api.get("/healthz?draining").status_code == 200


def test_balancers_pass_by_a_process_that_stops(settings: ApiSettings) -> None:
    app = create_app(settings)
    with serving(app) as url, httpx2.Client(base_url=url) as api:
        assert api.get("/healthz?draining").status_code == 200
        app.state.resources.stopping.set()
        assert api.get("/healthz?draining").status_code == 503
        assert api.get("/healthz").status_code == 200


def test_balancers_pass_by_a_process_that_the_schema_is_too_old_for(api: httpx2.Client, owner: Engine) -> None:
    with owner.begin() as connection:
        revision = connection.execute(text("DELETE FROM alembic_version RETURNING version_num")).scalar_one()
    try:
        assert api.get("/healthz?draining").status_code == 503
        assert api.get("/readyz").json()["schema_current"] is False
    finally:
        with owner.begin() as connection:
            connection.execute(text("INSERT INTO alembic_version VALUES (:revision)"), {"revision": revision})
    assert api.get("/healthz?draining").status_code == 200


def test_inside_addresses_answer_under_any_name_and_do_not_lie_below_the_base_path(api: httpx2.Client) -> None:
    for path in ("/healthz", "/readyz", "/metrics"):
        assert api.get(path, headers={"Host": "10.0.0.7:8000"}).status_code in (200, 503)
        assert api.get(f"/xatra{path}").status_code == 404
        assert api.get(f"{API}{path}").status_code == 404


def test_metrics_are_in_prometheus_form(api: httpx2.Client) -> None:
    response = api.get("/metrics")

    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/plain; version=")
