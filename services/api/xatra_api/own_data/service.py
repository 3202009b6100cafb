"""Tells users what is theirs, and erases it some time after their account was deleted."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict
from typing import Final

import structlog
from redis.asyncio import Redis
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from xatra_api.files import repository as files
from xatra_api.own_data import repository
from xatra_shared.queue import budget_repository, events
from xatra_shared.queue.model import Payer
from xatra_shared.queue.repository import detach

# By then nothing that the user began before the account was deleted is still under way.
GRACE_SECONDS: Final = 60
LOOK_EVERY_SECONDS: Final = 20
_JOBS_AT_ONCE: Final = 200
_RENDERS_AT_ONCE: Final = 50

_log = structlog.get_logger(__name__)


async def tell(engine: AsyncEngine, caller: str, payer: Payer) -> AsyncIterator[str]:
    """Yield all that is a user's as one JSON document, some renders at a time, so that it may be long."""
    async with engine.connect() as connection:
        listed = await connection.run_sync(files.list_of, caller)
        budget = await connection.run_sync(budget_repository.get_budget, payer)
    yield f'{{"files": {_json([file.model_dump() for file in listed])}, '
    yield f'"render_budget": {_json(asdict(budget))}, "renders": ['
    last: repository.OwnRender | None = None
    while True:
        async with engine.connect() as connection:
            renders = await connection.run_sync(repository.list_renders, caller, last, _RENDERS_AT_ONCE)
        for render in renders:
            yield f"{', ' if last else ''}{_json(asdict(render))}"
            last = render
        if len(renders) < _RENDERS_AT_ONCE:
            break
    yield "]}"


class Eraser:
    """Erases what was a deleted user's, as one process does; several take turns."""

    def __init__(self, engine: AsyncEngine, redis: Redis) -> None:
        self._engine = engine
        self._redis = redis

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Look for deleted users now and then until the end of the block."""
        looking = asyncio.create_task(self._look_again_and_again())
        try:
            yield
        finally:
            looking.cancel()
            with suppress(asyncio.CancelledError):
                await looking

    async def _look_again_and_again(self) -> None:
        while True:
            try:
                await self.erase()
            except SQLAlchemyError as error:
                _log.warning("deleted users not erased, trying again", error=type(error).__name__)
            await asyncio.sleep(LOOK_EVERY_SECONDS)

    async def erase(self) -> None:
        """Erase everyone who can be by now; whose renders have not yet stopped is left for the next time."""
        goes_on = True
        while goes_on:
            async with self._engine.begin() as connection:
                goes_on, cancelled = await connection.run_sync(_erase_some)
            for job_id in cancelled:
                await events.announce_async(self._redis, job_id)


def _erase_some(connection: Connection) -> tuple[bool, list[int]]:
    """Return whether there may be more to erase now, and the jobs that were cancelled."""
    user_id = repository.find_erasable(connection, grace_seconds=GRACE_SECONDS)
    if user_id is None:
        return False, []
    caller = f"user:{user_id}"
    job_ids = repository.take_jobs(connection, user_id, caller, _JOBS_AT_ONCE)
    waiters = repository.attached_waiters(connection, caller, job_ids)
    cancelled = [job_id for waiter_id in waiters if (job_id := detach(connection, waiter_id))]
    is_done = repository.erase_jobs(connection, user_id, caller, job_ids)
    if not job_ids:
        repository.finish_erasing(connection, user_id, caller)
        _log.info("deleted user erased", user=user_id)
    return is_done, cancelled


def _json(value: object) -> str:
    return json.dumps(value, default=str)
