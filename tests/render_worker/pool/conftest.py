"""A real worker's slots in this process, with the warm parent and the children that they start."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
import redis
from sqlalchemy import Engine
from xatra_render_worker.data.manifest import data_version
from xatra_render_worker.pool.slots import Connections, SlotPool
from xatra_render_worker.renderer.engine import engine_version
from xatra_render_worker.settings import RenderWorkerSettings

from tests.waiting import until
from xatra_shared.artifacts.store import open_store
from xatra_shared.database.engine import make_engine
from xatra_shared.queue import admission, repository
from xatra_shared.queue.model import Asker, Limits, Render, RenderRequest
from xatra_shared.queue.model import Engine as RenderEngine

ASKER = Asker("guest:0", "127.0.0.1/32")
POLICY = admission.Policy(caller_active=100, address_active=100, queue_capacity=100)


@dataclass
class Worker:
    """The slots, and the queue as the api sees it."""

    pool: SlotPool
    api: Engine

    def ask(self, program: str, *, limits: Limits | None = None, files: dict[str, str] | None = None) -> UUID:
        """Queue a program and wake the worker."""
        with self.api.begin() as connection:
            admitted = admission.admit(
                connection,
                RenderRequest(program, files=files or {}),
                ASKER,
                limits=limits or Limits(),
                policy=POLICY,
                engine=self.pool.engine,
            )
        self.pool.wake()
        return admitted.waiter_id

    def look(self, waiter_id: UUID) -> Render:
        with self.api.begin() as connection:
            render = repository.get_render(connection, waiter_id)
        assert render
        return render

    def render(self, program: str, *, limits: Limits | None = None, files: dict[str, str] | None = None) -> Render:
        """Queue a program and wait for its final state."""
        waiter_id = self.ask(program, limits=limits, files=files)
        return until(lambda: render if (render := self.look(waiter_id)).state.is_final else None)

    def cancel(self, waiter_id: UUID) -> None:
        with self.api.begin() as connection:
            repository.detach(connection, waiter_id)


@pytest.fixture
def make_worker(
    database_urls: dict[str, str], redis_urls: dict[str, str], store_url: str, map_data: Path
) -> Iterator[Callable[..., Worker]]:
    """Return a function that starts slots with the settings it is given."""
    started: list[Worker] = []

    def make(**overrides: float) -> Worker:
        settings = RenderWorkerSettings(
            database_url=database_urls["xatra_render_worker"],
            redis_url=redis_urls["xatra_render_worker"],
            artefact_store_url=store_url,
            map_data=map_data,
            preload_bytes=0,
            **{"slots": 2, "grace_seconds": 0.2, "idle_poll_seconds": 0.3, **overrides},
        )
        database = make_engine(settings.database_url.get_secret_value(), application_name="test", pool_size=5)
        client = redis.Redis.from_url(settings.redis_url.get_secret_value())
        pool = SlotPool(
            settings,
            Connections(database, open_store(store_url), client),
            RenderEngine(engine_version(), data_version(map_data)),
        )
        pool.start()
        started.append(Worker(pool, make_engine(database_urls["xatra_api"], application_name="test")))
        return started[-1]

    yield make
    for worker in started:
        worker.pool.stop()
        worker.pool.connections.database.dispose()
        worker.pool.connections.redis.close()
        worker.api.dispose()


@pytest.fixture
def worker(make_worker: Callable[..., Worker]) -> Worker:
    """Start two slots."""
    return make_worker()
