"""Tells this process's requests when renders change: by Redis at once, by one look at the database twice a second."""

import asyncio
import contextlib
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Final

import redis
import structlog
from redis.asyncio import Redis
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from xatra_shared.queue import events, repository
from xatra_shared.queue.predictions import Load
from xatra_shared.queue.redis_users import EVENTS_CHANNEL

_log = structlog.get_logger(__name__)

_LOOK_SECONDS: Final = 0.5
_RECONNECT_SECONDS: Final = 1.0


@dataclass(eq=False)
class Change:
    """One request's ear on one job.

    Attributes:
        version: Of the job, as the request has seen it.
        only_end: It waits for the job's end: a start, or another place in the queue, is nothing to it.
        position: The job's place in the queue as the request has seen it.
    """

    version: int
    only_end: bool
    position: int | None
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
        self._load = Load({}, {}, {})
        self._measured_at = 0.0
        self._measuring = asyncio.Lock()

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
    def watch(
        self, job_id: int, *, version: int, only_end: bool = False, position: int | None = None
    ) -> Iterator[Change]:
        """Give an ear on a job until the end of the block, for what happened since this version and place."""
        change = Change(version, only_end, position)
        self._changes[job_id].add(change)
        try:
            yield change
        finally:
            self._changes[job_id].discard(change)
            if not self._changes[job_id]:
                del self._changes[job_id]

    async def load(self, *, queued_job_id: int | None = None) -> Load:
        """Return how busy the workers are, at most half a second old and newer than this queued job."""
        asked_at = time.monotonic()
        async with self._measuring:  # those who ask meanwhile share one answer
            is_fresh = self._measured_at > asked_at - _LOOK_SECONDS
            has_job = queued_job_id is None or queued_job_id in self._load.positions
            if not (self._measured_at > asked_at or (is_fresh and has_job)):
                began_at = time.monotonic()
                async with self._engine.connect() as connection:
                    self._load = await connection.run_sync(repository.measure_load)
                self._measured_at = began_at
            return self._load

    async def _listen(self) -> None:
        while True:
            try:
                async with self._redis.pubsub() as pubsub:
                    await pubsub.subscribe(EVENTS_CHANNEL)
                    async for message in pubsub.listen():
                        if message["type"] == "message":
                            job_id, is_start = events.read_event(message["data"])
                            for change in self._changes.get(job_id, ()):
                                if not (is_start and change.only_end):
                                    change.tell()
            except redis.RedisError as error:
                _log.warning("no render events", error=str(error))
            await asyncio.sleep(_RECONNECT_SECONDS)

    async def _look_again_and_again(self) -> None:
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            if self._changes:
                with contextlib.suppress(SQLAlchemyError):  # the next look may find the database back
                    await self._look()

    async def _look(self) -> None:
        async with self._engine.connect() as connection:
            versions = await connection.run_sync(repository.versions, list(self._changes))
        followed = any(not change.only_end for changes in self._changes.values() for change in changes)
        positions = (await self.load()).positions if followed else {}
        for job_id, version in versions.items():
            for change in self._changes.get(job_id, ()):
                has_moved = not change.only_end and positions.get(job_id) != change.position
                if version != change.version or has_moved:
                    change.version, change.position = version, positions.get(job_id)
                    change.tell()
