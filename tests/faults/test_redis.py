"""Losing Redis, or what is in it, costs no render."""

import signal
import time

import pytest
import redis
from tests.faults.invariants import assert_invariants
from tests.faults.service import Service, small_map
from tests.waiting import until


def flush(service: Service) -> None:
    with redis.Redis.from_url(service.redis.url("xatra_operator")) as client:
        client.flushall()


def test_renders_go_on_while_redis_is_killed_and_started_again(service: Service):
    service.post_many(small_map("killed redis", sleep_seconds=0.2) for _ in range(6))
    service.kill_server(service.redis)
    service.post_many(small_map("no redis", sleep_seconds=0.2) for _ in range(6))
    service.start_server(service.redis)
    service.post_many(small_map("redis again") for _ in range(4))
    assert_invariants(service)


def test_renders_go_on_while_redis_is_stopped(service: Service):
    service.post_many(small_map("running redis", sleep_seconds=0.2) for _ in range(4))
    service.servers[service.redis].send_signal(signal.SIGSTOP)
    try:
        started = time.monotonic()
        render = service.post(small_map("stopped redis"))
        assert time.monotonic() - started < 5, "a stopped Redis holds up the api"
        assert service.until_final(str(render["id"]), seconds=30).state == "succeeded"
    finally:
        service.servers[service.redis].send_signal(signal.SIGCONT)
    assert_invariants(service)


def test_flushing_redis_loses_no_render(service: Service):
    service.post_many(small_map("flushed", sleep_seconds=0.3) for _ in range(8))
    flush(service)
    service.post_many(small_map("after the flush") for _ in range(4))
    assert_invariants(service)


def test_wake_ups_come_through_again_after_redis_was_lost_or_flushed(service: Service, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(service.client.headers, "Connection", "close")  # so that each process of the api is asked
    for worker in list(service.workers):
        service.kill_worker(worker)
    service.start_workers(1, idle_poll_seconds=600)  # it finds nothing by itself

    def is_prompt() -> bool:
        return service.post(small_map("woken"), wait_seconds=2)["state"] == "succeeded"

    service.kill_server(service.redis)
    service.start_server(service.redis)
    until(is_prompt, seconds=30)  # the worker takes a moment to connect
    assert all(is_prompt() for _ in range(6))
    flush(service)
    assert all(is_prompt() for _ in range(6))
    assert_invariants(service)
