"""Word over Redis that a render changed. It may get lost: listeners also look at the database now and then."""

from collections.abc import Iterable
from typing import Final

import redis
import redis.asyncio
import structlog

from xatra_shared.queue.redis_users import EVENTS_CHANNEL

_log = structlog.get_logger(__name__)

_STARTED: Final = "started"


def announce(client: redis.Redis, job_ids: Iterable[int], *, started: bool = False) -> None:
    """Tell all processes that these jobs changed; a Redis that is away is logged, not raised.

    Args:
        client: Redis.
        job_ids: What changed.
        started: They just began to run, which is nothing to who only waits for their ends.
    """
    try:
        for job_id in job_ids:
            client.publish(EVENTS_CHANNEL, f"{job_id} {_STARTED}" if started else str(job_id))
    except redis.RedisError as error:
        _log.warning("render event not sent", error=str(error))


async def announce_async(client: redis.asyncio.Redis, job_id: int) -> None:
    """Do the same from an event loop."""
    try:
        await client.publish(EVENTS_CHANNEL, str(job_id))
    except redis.RedisError as error:
        _log.warning("render event not sent", error=str(error))


def read_event(message: bytes) -> tuple[int, bool]:
    """Return the job that a message is about, and whether it only says that it started."""
    job_id, _, change = message.decode().partition(" ")
    return int(job_id), change == _STARTED
