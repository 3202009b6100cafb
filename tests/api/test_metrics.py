"""What the api counts: right with several processes, and never falling when one dies."""

import os
import re
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx2
import pytest
from pydantic import SecretStr
from sqlalchemy import create_engine, text
from tests.api.conftest import API
from tests.api.renders.asking import SLEEP, ask
from tests.shared.http.serving import serving
from tests.waiting import until

from xatra_api.app import create_app
from xatra_api.settings import ApiSettings


@pytest.fixture
def serve(settings: ApiSettings) -> Iterator[Callable[..., httpx2.Client]]:
    """Return what starts an api that served no other test, since its counters would go on."""
    with ExitStack() as stack:

        def start(**changes: object) -> httpx2.Client:
            url = stack.enter_context(serving(create_app(settings.model_copy(update=changes))))
            return stack.enter_context(httpx2.Client(base_url=url))

        yield start


@pytest.fixture
def idle_worker(database_urls: dict[str, str]) -> None:
    """Let a render worker have shown itself that takes no jobs."""
    engine = create_engine(database_urls["xatra_render_worker"])
    with engine.begin() as connection:
        connection.execute(
            text("INSERT INTO render_workers (id, engine_version, data_version, slots) VALUES ('w', '1', '1', 1)")
        )
    engine.dispose()


def scrape(client: httpx2.Client) -> dict[str, float]:
    """Return the value of each series."""
    lines = client.get("/metrics").text.splitlines()
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines if not line.startswith("#"))}


def outcomes(client: httpx2.Client) -> dict[str, float]:
    """Return how often each outcome of asking was counted."""
    pattern = re.compile(r'render_requests_total{outcome="(\w+)"}')
    return {match[1]: value for name, value in scrape(client).items() if (match := pattern.fullmatch(name))}


def test_every_outcome_of_asking_is_counted_from_the_first_scrape_on(
    serve: Callable[..., httpx2.Client], idle_worker: None
):
    api = serve(queue_capacity=2, caller_active_renders=4)
    assert set(outcomes(api).values()) == {0}

    ask(api, SLEEP)
    ask(api, SLEEP)
    ask(api, "a = 1")
    assert ask(api, "a = 2").status_code == 503
    ask(api, SLEEP)
    assert ask(api, "a = 2").status_code == 429
    assert ask(api, "a = 2", files={"a.csv": "0" * 64}).status_code == 422

    assert outcomes(api) == {
        "accepted": 2,
        "joined": 2,
        "cached": 0,
        "refused_limit": 1,
        "refused_full": 1,
        "refused_invalid": 1,
    }


def test_a_known_answer_counts_as_cached(api: httpx2.Client, idle_worker: None, database_urls: dict[str, str]):
    ask(api, "1 / 0")
    engine = create_engine(database_urls["xatra_render_worker"])
    with engine.begin() as connection:
        connection.execute(
            text("UPDATE render_jobs SET state = 'failed', finished_at = now(), error = :error"),
            {"error": '{"by": "author", "type": "E", "message": "", "line": 1, "traceback": ""}'},
        )
    engine.dispose()
    ask(api, "1 / 0")

    assert outcomes(api)["cached"] == 1


def test_the_queue_is_told_with_the_processes_own_numbers(api: httpx2.Client, idle_worker: None):
    ask(api, SLEEP)
    figures = scrape(api)

    assert (figures["render_queue_depth"], figures["render_running"], figures["render_slots"]) == (1, 0, 1)
    assert figures["render_slots_wanted"] == 1
    assert figures['database_query_seconds_count{service="api"}'] > 0
    assert figures['http_request_duration_seconds_count{method="POST",route="/renders",status="202"}'] == 1


def test_addresses_that_strangers_make_up_are_one_series(api: httpx2.Client):
    for path in ("/wp-login.php", "/.env", f"{API}/nowhere"):
        api.get(path)
    series = [name for name in scrape(api) if name.startswith("http_request_duration_seconds_count")]

    assert series == ['http_request_duration_seconds_count{method="GET",route="unknown",status="404"}']


def test_without_a_database_the_scrape_answers_without_the_queue(serve: Callable[..., httpx2.Client]):
    api = serve(database_url=SecretStr("postgresql+psycopg://x:y@127.0.0.1:1/x"))
    api.get(f"{API}/files")
    figures = scrape(api)

    assert not any(name.startswith(("render_queue_depth", "render_running", "render_slots")) for name in figures)
    assert figures['database_errors_total{service="api"}'] > 0
    assert figures["host_memory_bytes"] > 0


def test_counters_of_several_processes_add_up_and_do_not_fall_when_one_is_killed(
    server: tuple[subprocess.Popen[bytes], str, Path],
):
    process, url, log = server
    count = 'http_request_duration_seconds_count{method="GET",route="/files",status="200"}'

    def counted() -> float:
        with httpx2.Client(base_url=url) as client:
            return scrape(client)[count]

    for _ in range(20):
        httpx2.get(f"{url}{API}/files")
    assert {counted() for _ in range(10)} == {20}

    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    for child in children:
        os.kill(int(child), signal.SIGKILL)
    until(lambda: log.read_text().count("Application startup complete") == 4, seconds=60)
    httpx2.get(f"{url}{API}/files")

    assert {counted() for _ in range(10)} == {21}
