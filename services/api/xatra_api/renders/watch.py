"""Tells this process's requests when renders change: by Redis at once, by one look at the database twice a second."""

import asyncio
import contextlib
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Collection, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Final

import redis
import structlog
from redis.asyncio import Redis
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from xatra_shared.queue import repository
from xatra_shared.queue.predictions import Load
from xatra_shared.queue.redis_users import EVENTS_CHANNEL

_log = structlog.get_logger(__name__)

_LOOK_SECONDS: Final = 0.5
_RECONNECT_SECONDS: Final = 1.0


@dataclass(eq=False)
class Change:
    """One request's ear on one job."""

    _event: asyncio.Event = field(default_factory=asyncio.Event)

    def tell(self) -> None:
        """Say that something changed."""
        self._event.set()

    async def wait(self, seconds: float) -> bool:
        """Wait for a change since the last call; False when none came in time."""
        try:
            async with asyncio.timeout(max(0.0, seconds)):
                await self._event.wait()
        except TimeoutError:
            return False
        self._event.clear()
        return True


class RenderWatcher:
    """Watches the jobs that this process's requests wait for."""

    def __init__(self, engine: AsyncEngine, client: Redis) -> None:
        self._engine = engine
        self._redis = client
        self._changes: defaultdict[int, set[Change]] = defaultdict(set)
        self._seen: dict[int, tuple[int, int | None]] = {}
        self._load: Load | None = None
        self._load_at = 0.0

    @asynccontextmanager
    async def running(self) -> AsyncIterator["RenderWatcher"]:
        """Watch until the end of the block."""
        tasks = [asyncio.create_task(self._listen()), asyncio.create_task(self._look_again_and_again())]
        try:
            yield self
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    @contextmanager
    def watch(self, job_id: int) -> Iterator[Change]:
        """Give an ear on a job until the end of the block."""
        change = Change()
        self._changes[job_id].add(change)
        try:
            yield change
        finally:
            self._changes[job_id].discard(change)
            if not self._changes[job_id]:
                del self._changes[job_id]
                self._seen.pop(job_id, None)

    async def load(self, *, queued_job_id: int | None = None) -> Load:
        """Return how busy the workers are, at most half a second old and newer than this queued job."""
        load = self._load
        is_old = load is None or time.monotonic() - self._load_at > _LOOK_SECONDS
        if load is None or is_old or (queued_job_id is not None and queued_job_id not in load.positions):
            load = await self._look(list(self._changes))
        return load

    def _tell(self, job_id: int) -> None:
        for change in self._changes.get(job_id, ()):
            change.tell()

    async def _listen(self) -> None:
        while True:
            try:
                async with self._redis.pubsub() as pubsub:
                    await pubsub.subscribe(EVENTS_CHANNEL)
                    async for message in pubsub.listen():
                        if message["type"] == "message":
                            self._tell(int(message["data"]))
            except redis.RedisError as error:
                _log.warning("no render events", error=str(error))
            await asyncio.sleep(_RECONNECT_SECONDS)

    async def _look_again_and_again(self) -> None:
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            if self._changes:
                with contextlib.suppress(SQLAlchemyError):  # the next look may find the database back
                    await self._look(list(self._changes))

    async def _look(self, job_ids: Collection[int]) -> Load:
        async with self._engine.connect() as connection:
            load = await connection.run_sync(repository.measure_load)
            versions = await connection.run_sync(repository.versions, job_ids)
        self._load, self._load_at = load, time.monotonic()
        for job_id, version in versions.items():
            now = (version, load.positions.get(job_id))
            if self._seen.get(job_id, now) != now:
                self._tell(job_id)
            self._seen[job_id] = now
        return load
