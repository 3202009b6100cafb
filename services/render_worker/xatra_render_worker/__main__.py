"""The command `xatra-render-worker`."""

import math
import sys
import threading
from contextlib import closing

import redis

from xatra_render_worker.celery_app import make_app, run
from xatra_render_worker.data.manifest import DataMissingError, data_version
from xatra_render_worker.pool.memory import TooLittleMemoryError, check_memory
from xatra_render_worker.pool.renewal import MapDataWatch, follow_map_data
from xatra_render_worker.pool.slots import Connections, SlotPool
from xatra_render_worker.renderer.assets import assets
from xatra_render_worker.renderer.engine import engine_version
from xatra_render_worker.sandbox.kernel import hide_from_equals
from xatra_render_worker.sandbox.probe import Mode, SandboxMissingError, probe, readable_paths
from xatra_render_worker.settings import RenderWorkerSettings
from xatra_render_worker.telemetry.renders import RenderTelemetry
from xatra_shared.artifacts.store import open_store
from xatra_shared.database.engine import make_engine
from xatra_shared.queue import claim_repository
from xatra_shared.queue.model import Engine
from xatra_shared.queue.objects import hold_object
from xatra_shared.telemetry.database import DatabaseTelemetry
from xatra_shared.telemetry.dependencies import dependencies
from xatra_shared.telemetry.errors import report_errors
from xatra_shared.telemetry.logs import configure_logging
from xatra_shared.telemetry.server import Monitored, answering_monitoring
from xatra_shared.telemetry.traces import open_tracing


def main() -> None:
    """Render what is queued until told to stop."""
    settings = RenderWorkerSettings()
    configure_logging("render_worker", settings.log_level)
    try:
        watch = MapDataWatch(settings.map_data)
        version = data_version(settings.map_data)
        check_memory(slots=settings.slots, preload_bytes=settings.preload_bytes)
        sandbox = probe(settings.sandbox, readable_paths(settings.map_data), max_landlock_abi=settings.landlock_max_abi)
        sandbox.require()
        if sandbox.mode is Mode.GVISOR:
            hide_from_equals()  # no Landlock keeps programs from looking into /proc
    except (DataMissingError, TooLittleMemoryError, SandboxMissingError) as error:
        sys.exit(str(error))
    report_errors("render_worker", settings)
    tracing = open_tracing("xatra-render-worker", settings)
    telemetry = RenderTelemetry(tracer=tracing.tracer)
    telemetry.shut_in_with(sandbox)
    redis_url = settings.redis_url.get_secret_value()
    connections = Connections(
        # One connection for each slot, one for the leases, one for the sign of life.
        database=make_engine(
            settings.database_url.get_secret_value(),
            application_name="xatra-render-worker",
            pool_size=settings.slots + 2,
            # A worker that stands still holds its locks no longer than its jobs.
            idle_seconds=math.ceil(settings.lease_seconds),
        ),
        store=open_store(settings.artefact_store_url),
        redis=redis.Redis.from_url(redis_url, socket_timeout=1, socket_connect_timeout=1),
    )
    DatabaseTelemetry(telemetry.registry, service="render_worker").measure(connections.database)
    _publish_assets(connections)
    pool = SlotPool(settings, connections, Engine(engine_version(), version), telemetry)
    # Renders need not wait for it, and a process that ends need not either.
    threading.Thread(target=follow_map_data, args=(settings, watch, pool), name="map-data", daemon=True).start()
    monitored = Monitored(
        telemetry.registry,
        consumes=pool.consumes,
        dependencies={
            **dependencies(connections.database, connections.redis, connections.store),
            "sandbox": lambda: sandbox.holds,
        },
    )
    with closing(tracing), answering_monitoring("xatra-render-worker", settings, monitored):
        run(make_app(pool, redis_url), pool)


def _publish_assets(connections: Connections) -> None:
    """Put what maps load into the store, and say so in the database."""
    for asset in assets():
        with connections.database.begin() as connection:
            hold_object(connection, asset.path)
            connections.store.put_asset(asset.path, asset.content)
            claim_repository.add_map_asset(connection, asset.path, asset.media_type, len(asset.content))


if __name__ == "__main__":
    main()
