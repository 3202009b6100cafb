"""The queue and the machine are measured when Prometheus asks; what cannot be measured is left out."""

import socket
import time
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry
from prometheus_client.registry import Collector
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from xatra_shared.database.engine import make_engine
from xatra_shared.telemetry.database import DatabaseTelemetry
from xatra_shared.telemetry.exposition import exposition
from xatra_shared.telemetry.host import HostCollector, disks_of
from xatra_shared.telemetry.queue import QueueCollector


def values(collector: Collector) -> dict[str, float]:
    return {sample.name: sample.value for metric in collector.collect() for sample in metric.samples}


def test_the_queue_is_as_full_as_the_database_says(database_urls: dict[str, str]):
    worker = make_engine(database_urls["xatra_render_worker"], application_name="test")
    with worker.begin() as connection:
        connection.execute(
            text("INSERT INTO render_workers (id, engine_version, data_version, slots) VALUES ('w', '1', '1', 3)")
        )
        connection.execute(
            text(
                "INSERT INTO render_workers (id, engine_version, data_version, slots, last_seen_at)"
                " VALUES ('dead', '1', '1', 5, now() - interval '1 hour')"
            )
        )
    worker.dispose()
    for service in ("xatra_api", "xatra_render_worker", "xatra_scheduler"):
        collector = QueueCollector(make_engine(database_urls[service], application_name="test", pool_size=1))
        assert values(collector) == {"render_queue_depth": 0, "render_running": 0, "render_slots": 3}
        collector.close()


def test_a_database_that_is_away_or_hangs_leaves_no_series_and_holds_nobody_up():
    with socket.create_server(("127.0.0.1", 0)) as silent:  # accepts, and never answers
        for port in (1, silent.getsockname()[1]):
            url = f"postgresql+psycopg://x:y@127.0.0.1:{port}/x"
            collector = QueueCollector(make_engine(url, application_name="test", pool_size=1))
            started = time.monotonic()
            assert exposition(CollectorRegistry(), [collector]) == b""
            assert time.monotonic() - started < 4
            collector.close()


def test_statements_and_their_errors_are_measured_by_service(database_urls: dict[str, str]):
    registry = CollectorRegistry()
    engine = make_engine(database_urls["xatra_api"], application_name="test")
    DatabaseTelemetry(registry, service="api").measure(engine)
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
    engine.dispose()
    away = make_engine("postgresql+psycopg://x:y@127.0.0.1:1/x", application_name="test")
    others = CollectorRegistry()
    DatabaseTelemetry(others, service="other").measure(away)
    with pytest.raises(OperationalError):
        away.connect()

    assert registry.get_sample_value("database_query_seconds_count", {"service": "api"}) == 1
    assert registry.get_sample_value("database_errors_total", {"service": "api"}) == 0
    assert others.get_sample_value("database_errors_total", {"service": "other"}) == 1


def test_the_machine_is_measured_with_the_disk_of_the_store(tmp_path: Path):
    store = tmp_path / "a store"
    store.mkdir()
    lines = exposition(CollectorRegistry(), [HostCollector(disks_of(f"file://{str(store).replace(' ', '%20')}"))])
    figures = dict(line.rsplit(" ", 1) for line in lines.decode().splitlines() if not line.startswith("#"))

    assert float(figures['host_cpu_seconds_total{mode="idle"}']) > 0
    assert 0 < float(figures["host_memory_available_bytes"]) < float(figures["host_memory_bytes"])
    assert float(figures[f'host_disk_free_bytes{{path="{store}"}}']) > 0
    assert 'host_load{minutes="5"}' in figures
    assert disks_of("s3://bucket") == (Path("/"),)
