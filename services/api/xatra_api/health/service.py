"""Asks each dependency whether it answers."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Final

import structlog
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from xatra_api.health.schemas import Readiness
from xatra_api.resources import Resources
from xatra_shared.database.migrate import schema_is_current
from xatra_shared.queue.repository import count_slots

_PATIENCE_SECONDS: Final = 2
_FRESH_SECONDS: Final = 1

_log = structlog.get_logger(__name__)


class HealthChecks:
    """Checks the dependencies of one application, at most once a second, whoever asks how often."""

    def __init__(self, resources: Resources) -> None:
        self._resources = resources
        self._lock = asyncio.Lock()
        self._readiness: Readiness | None = None
        self._checked_at = 0.0
        self._schema_was_current = False

    async def readiness(self) -> Readiness:
        """Return which dependencies answer within two seconds."""
        async with self._lock:
            if self._readiness is None or time.monotonic() - self._checked_at > _FRESH_SECONDS:
                self._readiness = await self._check()
                self._checked_at = time.monotonic()
            return self._readiness

    async def must_drain(self) -> bool:
        """Tell whether a balancer should send nobody here: only while stopping, or when the schema is too old.

        A database that does not answer is no reason: other processes could not do better.
        """
        if self._resources.stopping.is_set():
            return True
        try:
            return not await self._schema_is_current()
        except (SQLAlchemyError, TimeoutError):
            return False

    async def _check(self) -> Readiness:
        database, redis, schema, store, worker = await asyncio.gather(
            self._holds("database", lambda: self._ask(lambda _connection: True)),
            self._holds("redis", self._ping_redis),
            self._holds("schema", self._schema_is_current),
            self._holds("store", self._ping_store),
            self._holds("render_worker", lambda: self._ask(lambda connection: count_slots(connection) > 0)),
        )
        return Readiness(database=database, redis=redis, schema_current=schema, store=store, render_worker=worker)

    async def _holds(self, name: str, check: Callable[[], Awaitable[bool]]) -> bool:
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                return await check()
        except Exception as error:  # noqa: BLE001 - whatever goes wrong, the answer is no
            _log.warning("not ready", dependency=name, error=f"{type(error).__name__}: {error}".partition("\n")[0])
            return False

    async def _ask(self, question: Callable[[Connection], bool]) -> bool:
        async with self._resources.engine.connect() as connection:
            return await connection.run_sync(question)

    async def _ping_redis(self) -> bool:
        return bool(await self._resources.redis.ping())

    async def _ping_store(self) -> bool:
        await self._resources.store.ping()
        return True

    async def _schema_is_current(self) -> bool:
        """Ask until the answer is yes: the schema never goes back."""
        if not self._schema_was_current:
            self._schema_was_current = await self._ask(schema_is_current)
        return self._schema_was_current
