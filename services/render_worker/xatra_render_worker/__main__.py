"""The command `xatra-render-worker`."""

import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager

import redis

from xatra_render_worker.celery_app import make_app, run
from xatra_render_worker.data.manifest import DataMissingError, data_version
from xatra_render_worker.pool.memory import TooLittleMemoryError, check_memory
from xatra_render_worker.pool.slots import Connections, SlotPool
from xatra_render_worker.renderer.assets import assets
from xatra_render_worker.renderer.engine import engine_version
from xatra_render_worker.settings import RenderWorkerSettings
from xatra_render_worker.telemetry.health import readiness
from xatra_render_worker.telemetry.renders import RenderTelemetry
from xatra_render_worker.telemetry.server import Answers, serving
from xatra_shared.artifacts.store import open_store
from xatra_shared.database.engine import make_engine
from xatra_shared.queue import repository
from xatra_shared.queue.model import Engine
from xatra_shared.queue.objects import hold_object
from xatra_shared.telemetry.database import measure_database
from xatra_shared.telemetry.errors import report_errors
from xatra_shared.telemetry.exposition import exposition
from xatra_shared.telemetry.host import HostCollector, disks_of
from xatra_shared.telemetry.logs import configure_logging
from xatra_shared.telemetry.queue import QueueCollector
from xatra_shared.telemetry.traces import open_tracing


def main() -> None:
    """Render what is queued until told to stop."""
    settings = RenderWorkerSettings()
    configure_logging("render_worker", settings.log_level)
    try:
        version = data_version(settings.map_data)
        check_memory(slots=settings.slots, preload_bytes=settings.preload_bytes)
    except (DataMissingError, TooLittleMemoryError) as error:
        sys.exit(str(error))
    report_errors("render_worker", settings)
    tracing = open_tracing("xatra-render-worker", settings)
    telemetry = RenderTelemetry(tracer=tracing.tracer)
    redis_url = settings.redis_url.get_secret_value()
    connections = Connections(
        # One connection for each slot, one for the leases, one for the sign of life.
        database=make_engine(
            settings.database_url.get_secret_value(),
            application_name="xatra-render-worker",
            pool_size=settings.slots + 2,
        ),
        store=open_store(settings.artefact_store_url),
        redis=redis.Redis.from_url(redis_url, socket_timeout=1, socket_connect_timeout=1),
    )
    measure_database(connections.database, telemetry.registry, service="render_worker")
    _publish_assets(connections)
    pool = SlotPool(settings, connections, Engine(engine_version(), version), telemetry)
    with closing(tracing), _answering_monitoring(settings, pool):
        run(make_app(pool, redis_url), pool)


@contextmanager
def _answering_monitoring(settings: RenderWorkerSettings, pool: SlotPool) -> Iterator[None]:
    """Answer what monitoring asks until the end of the block, where the settings say so."""
    if settings.telemetry_bind is None:
        yield
        return
    queue = QueueCollector(
        make_engine(
            settings.database_url.get_secret_value(), application_name="xatra-render-worker-metrics", pool_size=1
        )
    )
    collectors = (queue, HostCollector(disks_of(settings.artefact_store_url)))
    answers = Answers(
        metrics=lambda: exposition(pool.telemetry.registry, collectors),
        consumes=pool.consumes,
        readiness=lambda: readiness(pool),
    )
    with closing(queue), serving(settings.telemetry_bind, answers):
        yield


def _publish_assets(connections: Connections) -> None:
    """Put what maps load into the store, and say so in the database."""
    for asset in assets():
        with connections.database.begin() as connection:
            hold_object(connection, asset.path)
            connections.store.put_asset(asset.path, asset.content)
            repository.add_map_asset(connection, asset.path, asset.media_type, len(asset.content))


if __name__ == "__main__":
    main()
