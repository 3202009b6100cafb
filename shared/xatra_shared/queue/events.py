"""Word over Redis that a render changed. It may get lost: listeners also look at the database now and then."""

from collections.abc import Iterable

import redis
import redis.asyncio
import structlog

from xatra_shared.queue.redis_users import EVENTS_CHANNEL

_log = structlog.get_logger(__name__)


def announce(client: redis.Redis, job_ids: Iterable[int]) -> None:
    """Tell all processes that these jobs changed; a Redis that is away is logged, not raised."""
    try:
        for job_id in job_ids:
            client.publish(EVENTS_CHANNEL, str(job_id))
    except redis.RedisError as error:
        _log.warning("render event not sent", error=str(error))


async def announce_async(client: redis.asyncio.Redis, job_id: int) -> None:
    """Do the same from an event loop."""
    try:
        await client.publish(EVENTS_CHANNEL, str(job_id))
    except redis.RedisError as error:
        _log.warning("render event not sent", error=str(error))
