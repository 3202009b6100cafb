"""A real worker's slots in this process, with the warm parent and the children that they start."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
import redis
from sqlalchemy import Engine
from tests.waiting import until

from xatra_render_worker.data.manifest import data_version
from xatra_render_worker.pool.slots import Connections, SlotPool
from xatra_render_worker.renderer.engine import engine_version
from xatra_render_worker.settings import RenderWorkerSettings
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

    def render(
        self, program: str, *, limits: Limits | None = None, files: dict[str, str] | None = None, seconds: float = 30
    ) -> Render:
        """Queue a program and wait for its final state."""
        waiter_id = self.ask(program, limits=limits, files=files)
        return until(lambda: render if (render := self.look(waiter_id)).state.is_final else None, seconds=seconds)

    def cancel(self, waiter_id: UUID) -> None:
        with self.api.begin() as connection:
            repository.detach(connection, waiter_id)


@pytest.fixture(scope="session")
def start_pool(
    service_urls: dict[str, str], user_urls: dict[str, str], worker_settings: dict[str, Any]
) -> Callable[..., AbstractContextManager[Worker]]:
    """Return a function that runs slots with some settings changed until the end of a block."""

    @contextmanager
    def run(**changes: object) -> Iterator[Worker]:
        settings = RenderWorkerSettings.model_validate(
            {**worker_settings, "slots": 2, "grace_seconds": 0.2, "idle_poll_seconds": 0.3, **changes}
        )
        with ExitStack() as stack:
            database = make_engine(service_urls["xatra_render_worker"], application_name="test", pool_size=5)
            stack.callback(database.dispose)
            api = make_engine(service_urls["xatra_api"], application_name="test")
            stack.callback(api.dispose)
            client = stack.enter_context(redis.Redis.from_url(user_urls["xatra_render_worker"]))
            connections = Connections(database, open_store(settings.artefact_store_url), client)
            pool = SlotPool(settings, connections, RenderEngine(engine_version(), data_version(settings.map_data)))
            stack.callback(pool.stop)
            pool.start()
            yield Worker(pool, api)

    return run


@pytest.fixture(scope="module")
def shared_pool(start_pool: Callable[..., AbstractContextManager[Worker]], spared_tables: set[str]) -> Iterator[Worker]:
    """Run two slots that all tests of a module share."""
    spared_tables.add("render_workers")
    with start_pool() as worker:
        yield worker
    spared_tables.clear()


@pytest.fixture
def worker(shared_pool: Worker, database_urls: dict[str, str]) -> Worker:
    """Return the shared slots, on an empty queue."""
    return shared_pool
