"""Keeps a process' knowledge of keys and revocations fresh: Postgres holds it, a key in Redis tells when it changed.

The auth service rings after each change by giving that key a new value. Everyone looks at the key several times a second
and reads Postgres when its value is another one. Whoever finds no key, since Redis was flushed or replaced, rings too.
While Redis does not answer, Postgres is read every time.
"""

import asyncio
import secrets
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Final

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from xatra_shared.identity.repository import TokenState, load_token_state

BELL: Final = "xatra:sessions:changed"
_LOOK_EVERY_SECONDS: Final = 0.25
_REDIS_PATIENCE_SECONDS: Final = 0.4
_READ_EVERY_SECONDS: Final = 10  # without any word, for one that was lost on its way to Redis
_STALE_AFTER_SECONDS: Final = 10
_RELOAD_AT_MOST_EVERY_SECONDS: Final = 1

_log = structlog.get_logger(__name__)


class TokenStateUnknownError(Exception):
    """Nothing certain is known about revocations: neither Redis nor Postgres has answered for a while."""


class TokenWatch:
    """What one process knows."""

    def __init__(self, engine: AsyncEngine, redis: Redis) -> None:
        self._engine = engine
        self._redis = redis
        self._state: TokenState | None = None
        self._heard: bytes | str | None = None
        self._read_at = float("-inf")
        self._certain_at = float("-inf")
        self._reloaded_at = float("-inf")
        self._reading = asyncio.Lock()
        self._reloading = asyncio.Lock()
        self._must_ring = False

    @asynccontextmanager
    async def running(self) -> AsyncIterator["TokenWatch"]:
        """Keep the knowledge fresh until the end of the block."""
        await self._look()
        watching = asyncio.create_task(self._watch())
        try:
            yield self
        finally:
            watching.cancel()
            with suppress(asyncio.CancelledError):
                await watching

    @property
    def state(self) -> TokenState:
        """What holds, as of less than a second ago as a rule.

        Raises:
            TokenStateUnknownError: It is too long ago.
        """
        if self._state is None or time.monotonic() - self._certain_at > _STALE_AFTER_SECONDS:
            raise TokenStateUnknownError
        return self._state

    async def reload(self) -> TokenState:
        """Return what holds now, for a token whose key is not known: the key may be new.

        Whatever keys strangers make up, Postgres is read once a second; those who ask in between wait for that together.

        Raises:
            TokenStateUnknownError: Postgres does not answer.
        """
        asked_at = time.monotonic()
        async with self._reloading:
            if self._reloaded_at < asked_at:
                await asyncio.sleep(self._reloaded_at + _RELOAD_AT_MOST_EVERY_SECONDS - time.monotonic())
                self._reloaded_at = time.monotonic()
                await self._read(self._heard)
        return self.state

    async def ring(self) -> None:
        """Tell all processes, after the transaction, that something changed; tried again until Redis takes it."""
        self._must_ring = True
        await self._look()

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(_LOOK_EVERY_SECONDS)
            await self._look()

    async def _look(self) -> None:
        try:
            async with asyncio.timeout(_REDIS_PATIENCE_SECONDS):
                heard = None if self._must_ring else await self._redis.get(BELL)
                if heard is None:  # where it is gone, a ring may be gone with it, between two looks
                    heard = secrets.token_hex(16).encode()
                    await self._redis.set(BELL, heard)
                    self._must_ring = False
        except (RedisError, OSError, TimeoutError):
            await self._read()
            return
        is_due = time.monotonic() - self._read_at > _READ_EVERY_SECONDS
        if self._state is None or heard != self._heard or is_due:
            await self._read(heard)
        else:
            self._certain_at = time.monotonic()

    async def _read(self, heard: bytes | str | None = None) -> None:
        """Read Postgres; `heard` came from Redis before, so that nothing can slip in between unnoticed."""
        async with self._reading:
            started = time.monotonic()
            try:
                async with self._engine.connect() as connection:
                    self._state = await connection.run_sync(load_token_state)
            except SQLAlchemyError as error:
                _log.warning("revocations not read", error=type(error).__name__)
                return
            self._heard = heard
            self._read_at = self._certain_at = started
