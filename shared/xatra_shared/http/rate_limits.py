"""How often anybody may ask: counted in Redis for all processes, and in bounded memory while Redis is gone."""

import time
from collections import OrderedDict
from dataclasses import dataclass
from math import ceil
from typing import Final

import structlog
from limits import RateLimitItemPerSecond
from limits.aio.storage import RedisStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from redis.asyncio import Redis
from redis.exceptions import RedisError

from xatra_shared.durations import in_words
from xatra_shared.http.problems import Problem

KEY_PREFIX: Final = "xatra:limits"
MAX_REMEMBERED: Final = 5000
IDLE_SECONDS: Final = 900
_PATIENCE_SECONDS: Final = 0.5
_AVOID_REDIS_SECONDS: Final = 1

_log = structlog.get_logger(__name__)


class TooManyRequests(Problem):
    """Somebody asked too often."""

    status = 429
    slug = "too-many-requests"
    title = "Too many requests"


@dataclass(frozen=True, slots=True)
class Rule:
    """How often one principal may do one thing.

    Attributes:
        name: The thing, in keys and in the log.
        amount: How many times.
        per_seconds: In how long a time, which slides.
    """

    name: str
    amount: int
    per_seconds: int


class RateLimits:
    """Counts, as one application process does."""

    def __init__(self, redis_url: str) -> None:
        """Connects at the first request, not before."""
        self._redis: Redis = Redis.from_url(
            redis_url, socket_connect_timeout=_PATIENCE_SECONDS, socket_timeout=_PATIENCE_SECONDS
        )
        storage = RedisStorage(
            "async+redis://",
            implementation="redispy",
            key_prefix=KEY_PREFIX,
            connection_pool=self._redis.connection_pool,  # type: ignore[arg-type] # passed on as it is
        )
        self._limiter = SlidingWindowCounterRateLimiter(storage)
        self._memory = BoundedCounters()
        self._avoid_redis_until = float("-inf")

    async def close(self) -> None:
        """Close the connections to Redis."""
        await self._redis.aclose()

    async def spend(self, rule: Rule, principal: str) -> None:
        """Count one more time for a principal.

        Raises:
            TooManyRequests: It was one too many; it counts as none.
        """
        retry_after_seconds = await self._spend(rule, principal)
        if retry_after_seconds is not None:
            seconds = max(1, ceil(retry_after_seconds))
            _log.info("rate limit reached", rule=rule.name, principal=principal)
            raise TooManyRequests(
                f"At most {rule.amount} times in {in_words(rule.per_seconds)}. Try again in {in_words(seconds)}.",
                headers={"Retry-After": str(seconds)},
                limit=rule.amount,
                window_seconds=rule.per_seconds,
                retry_after_seconds=seconds,
            )

    async def _spend(self, rule: Rule, principal: str) -> float | None:
        """Return None, or after how long there is room again."""
        now = time.monotonic()
        if now > self._avoid_redis_until:
            item = RateLimitItemPerSecond(rule.amount, rule.per_seconds, namespace=rule.name)
            try:
                if await self._limiter.hit(item, principal):
                    return None
                return (await self._limiter.get_window_stats(item, principal)).reset_time - time.time()
            except (RedisError, OSError, TimeoutError) as error:
                _log.warning("limits are counted in memory", error=type(error).__name__)
                self._avoid_redis_until = now + _AVOID_REDIS_SECONDS
        return self._memory.spend(rule, principal, now)


class BoundedCounters:
    """Counts in windows that begin with a principal's first request; remembers the 5,000 that asked last."""

    def __init__(self) -> None:
        self._windows: OrderedDict[tuple[str, str], list[float]] = OrderedDict()  # -> begin, count, last request

    def __len__(self) -> int:
        return len(self._windows)

    def spend(self, rule: Rule, principal: str, now: float) -> float | None:
        """Count one more time at `now`, and return None, or after how many seconds there is room again."""
        key = (rule.name, principal)
        begin, count, _ = self._windows.get(key, (now, 0.0, now))
        if now - begin >= rule.per_seconds:
            begin, count = now, 0.0
        is_too_many = count >= rule.amount
        self._windows[key] = [begin, count if is_too_many else count + 1, now]
        self._windows.move_to_end(key)
        self._forget(now)
        return begin + rule.per_seconds - now if is_too_many else None

    def _forget(self, now: float) -> None:
        while len(self._windows) > MAX_REMEMBERED or next(iter(self._windows.values()))[2] < now - IDLE_SECONDS:
            self._windows.popitem(last=False)
