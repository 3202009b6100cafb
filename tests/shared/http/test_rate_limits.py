"""Rate limits: shared between processes through Redis, and counted in bounded memory without it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import redis

from xatra_shared.http.rate_limits import (
    IDLE_SECONDS,
    MAX_REMEMBERED,
    BoundedCounters,
    RateLimits,
    Rule,
    TooManyRequests,
)

RULE = Rule("thing", 2, 60)


@asynccontextmanager
async def limits_on(url: str) -> AsyncIterator[RateLimits]:
    limits = RateLimits(url)
    try:
        yield limits
    finally:
        await limits.close()


async def outcomes(limits: RateLimits, count: int, principal: str = "asha", rule: Rule = RULE) -> list[bool]:
    """Return which of so many attempts there was room for."""
    had_room = []
    for _ in range(count):
        try:
            await limits.spend(rule, principal)
        except TooManyRequests:
            had_room.append(False)
        else:
            had_room.append(True)
    return had_room


@pytest.mark.parametrize("user", ["xatra_api", "xatra_auth"])
def test_processes_count_together(redis_urls: dict[str, str], user: str) -> None:
    async def run() -> None:
        async with limits_on(redis_urls[user]) as one, limits_on(redis_urls[user]) as other:
            assert await outcomes(one, 1) == [True]
            assert await outcomes(other, 2) == [True, False]
            assert await outcomes(one, 1) == [False]
            assert await outcomes(one, 1, "ravi") == [True]
            assert await outcomes(one, 1, rule=Rule("another", 1, 60)) == [True]

    asyncio.run(run())


def test_a_render_workers_user_cannot_touch_the_counters(redis_urls: dict[str, str]) -> None:
    with redis.Redis.from_url(redis_urls["xatra_render_worker"]) as client:
        for key in ("xatra:limits:anything", "xatra:sessions:changed"):
            with pytest.raises(redis.exceptions.NoPermissionError):
                client.get(key)


def test_without_redis_each_process_counts_by_itself() -> None:
    async def run() -> None:
        async with limits_on("redis://127.0.0.1:1/0") as limits:
            assert await outcomes(limits, 3) == [True, True, False]

    asyncio.run(run())


def test_a_refusal_tells_when_there_is_room_again(redis_urls: dict[str, str]) -> None:
    async def run() -> int:
        async with limits_on(redis_urls["xatra_api"]) as limits:
            await outcomes(limits, 2)
            with pytest.raises(TooManyRequests) as refused:
                await limits.spend(RULE, "asha")
            return int((refused.value.headers or {})["Retry-After"])

    assert 1 <= asyncio.run(run()) <= 60


def test_in_memory_there_is_room_again_when_the_window_is_over() -> None:
    counters = BoundedCounters()

    assert [counters.spend(RULE, "asha", now) for now in (0, 1, 2)] == [None, None, 58]
    assert counters.spend(RULE, "asha", 60) is None


def test_memory_is_bounded_and_forgets_who_asked_longest_ago() -> None:
    counters = BoundedCounters()
    for number in range(MAX_REMEMBERED + 100):
        counters.spend(RULE, f"stranger {number}", 0)
        counters.spend(RULE, "asha", 0)

    assert len(counters) == MAX_REMEMBERED
    assert counters.spend(RULE, "asha", 0) is not None


def test_memory_forgets_who_was_idle() -> None:
    counters = BoundedCounters()
    counters.spend(RULE, "asha", 0)
    counters.spend(RULE, "ravi", IDLE_SECONDS + 1)

    assert len(counters) == 1
