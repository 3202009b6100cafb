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
from xatra_api.hub import names_repository as names
from xatra_api.hub import repository as works
from xatra_api.own_data import repository
from xatra_shared.queue import budget_repository, events
from xatra_shared.queue.model import Payer
from xatra_shared.queue.repository import detach

# By then nothing that the user began before the account was deleted is still under way.
GRACE_SECONDS: Final = 60
LOOK_EVERY_SECONDS: Final = 20
_JOBS_AT_ONCE: Final = 200
_ROWS_AT_ONCE: Final = 50
_ROWS_ERASED_AT_ONCE: Final = 200

_log = structlog.get_logger(__name__)


async def tell(engine: AsyncEngine, caller: str, payer: Payer) -> AsyncIterator[str]:
    """Yield all that is a user's as one JSON document, some rows at a time, so that it may be long."""
    async with engine.connect() as connection:
        listed = await connection.run_sync(files.list_of, caller)
        budget = await connection.run_sync(budget_repository.get_budget, payer)
    yield f'{{"files": {_json([file.model_dump() for file in listed])}, "render_budget": {_json(asdict(budget))}'
    for listing in repository.LISTINGS:
        yield f', "{listing.name}": ['
        limit = listing.rows_at_once or _ROWS_AT_ONCE
        last: repository.OwnRow | None = None
        while True:
            async with engine.connect() as connection:
                rows = await connection.run_sync(repository.list_rows, listing, payer.user_id, caller, last, limit)
            for row in rows:
                yield f"{', ' if last else ''}{_json(row.told)}"
                last = row
            if len(rows) < limit:
                break
        yield "]"
    yield "}"


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
    if job_ids or _erase_some_of_hub(connection, user_id, caller):
        return is_done, cancelled
    if repository.has_part_in_hub(connection, user_id):
        return False, []
    repository.finish_erasing(connection, user_id, caller)
    _log.info("deleted user erased", user=user_id)
    return True, []


def _erase_some_of_hub(connection: Connection, user_id: int, caller: str) -> bool:
    """Erase some of what is left in the hub; tell whether there was anything.

    Works that nobody else has seen a version of go; the others, which people import, are nobody's from now on.
    """
    if (
        repository.erase_votes(connection, user_id, _ROWS_ERASED_AT_ONCE)
        or repository.erase_views(connection, caller, _ROWS_ERASED_AT_ONCE)
        or repository.erase_reporter(connection, caller, _ROWS_ERASED_AT_ONCE)
    ):
        return True
    ownerless = repository.take_ownerless(connection, _ROWS_ERASED_AT_ONCE)
    for work in ownerless:
        if work.is_published:
            works.disassociate(connection, work.id)
        else:
            names.free_unseen(connection, work.id, but=None)
            works.delete_work(connection, work.id)
    return bool(ownerless)


def _json(value: object) -> str:
    return json.dumps(value, default=str)
