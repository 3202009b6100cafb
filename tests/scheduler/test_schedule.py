"""Two schedulers may run and one acts; what is due is known to the database; servers may go and come back."""

import secrets
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
import redis
from tests.scheduler.conftest import Database, Schedulers
from tests.waiting import until

from xatra_scheduler.celery_app import tasks
from xatra_scheduler.settings import SchedulerSettings
from xatra_shared.queue.redis_users import REDIS_USERS
from xatra_shared.servers.postgres import make_private_directory
from xatra_shared.servers.process import start, stop
from xatra_standalone.embedded.postgres import Postgres
from xatra_standalone.embedded.redis import Redis

TASKS = [task.name for task in tasks(SchedulerSettings.model_construct())]
HEARTBEAT = 1


@pytest.fixture
def own_redis(servers_home: Path, redis_program: Path) -> Redis:
    """Describe a Redis that a test may stop."""
    sockets = make_private_directory(servers_home / secrets.token_hex(4))
    return Redis(servers_home, program=redis_program, sockets=sockets, passwords=dict.fromkeys(REDIS_USERS, "test"))


@pytest.fixture
def admin(postgres: Postgres) -> Iterator[psycopg.Connection]:
    """Return a superuser's connection."""
    with psycopg.connect(postgres.admin_dsn, autocommit=True) as connection:
        yield connection


def sent_in(seconds: float, count_sent: Callable[[], int]) -> int:
    before = count_sent()
    time.sleep(seconds)
    return count_sent() - before


def test_of_two_schedulers_one_acts(schedulers: Schedulers, count_sent: Callable[[], int]):
    schedulers.start()
    schedulers.start()
    assert 15 <= sent_in(5, count_sent) <= 30


def test_when_the_leader_is_killed_another_takes_over(schedulers: Schedulers, database: Database):
    leader, other = schedulers.start(), schedulers.start()
    assert database.leader() == leader.pid
    leader.kill()
    until(lambda: database.leader() == other.pid, seconds=5)
    schedulers.act()


def test_when_the_leader_hangs_another_takes_over_and_keeps_the_lead(schedulers: Schedulers, database: Database):
    leader, other = schedulers.start(), schedulers.start()
    leader.send_signal(signal.SIGSTOP)
    until(lambda: database.leader() == other.pid, seconds=20)
    leader.send_signal(signal.SIGCONT)
    time.sleep(2)
    assert database.leader() == other.pid
    schedulers.act()


def test_a_leader_that_loses_its_connection_is_followed_within_seconds(
    schedulers: Schedulers, database: Database, admin: psycopg.Connection, count_sent: Callable[[], int]
):
    leader = schedulers.start()
    other = schedulers.start()
    admin.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE %s",
        [f"xatra-scheduler-beat {leader.pid}@%"],
    )
    until(lambda: database.leader() in {leader.pid, other.pid}, seconds=5)
    schedulers.act()
    assert 4 <= sent_in(3, count_sent) <= 16


def test_told_to_stop_the_leader_hands_over(schedulers: Schedulers, database: Database):
    leader, other = schedulers.start(), schedulers.start()
    leader.terminate()
    assert leader.wait(10) == 0
    until(lambda: database.leader() == other.pid, seconds=3)


def test_what_is_overdue_runs_once_after_a_restart(
    schedulers: Schedulers, database: Database, count_sent: Callable[[], int]
):
    database.do(
        "INSERT INTO scheduled_tasks SELECT name, now() - interval '10 days' FROM unnest(CAST(:names AS text[])) name",
        names=TASKS,
    )
    schedulers.start(retention_every_seconds=3600)
    until(lambda: count_sent() == len(TASKS) + HEARTBEAT)
    assert sent_in(3, count_sent) == 0
    assert database.all("SELECT count(*) FROM scheduled_tasks WHERE last_run_at > now() - interval '1 min'") == [
        len(TASKS)
    ]


def test_what_is_not_due_waits_over_a_restart(
    schedulers: Schedulers, database: Database, count_sent: Callable[[], int]
):
    database.do(
        "INSERT INTO scheduled_tasks SELECT name, now() FROM unnest(CAST(:names AS text[])) name",
        names=TASKS,
    )
    schedulers.start(retention_every_seconds=3600)
    time.sleep(3)
    assert count_sent() == HEARTBEAT


def test_a_run_in_a_time_to_come_holds_nothing_up(schedulers: Schedulers, database: Database):
    database.do("INSERT INTO scheduled_tasks VALUES ('retention.renders', now() + interval '1 day')")
    schedulers.start()
    schedulers.act()


def test_messages_that_are_lost_are_followed_by_others(schedulers: Schedulers, redis_urls: dict[str, str]):
    schedulers.start()
    schedulers.act()
    with redis.Redis.from_url(redis_urls["xatra_operator"]) as client:
        client.flushall()
    schedulers.act()


def test_a_redis_that_hangs_is_survived(schedulers: Schedulers, redis_urls: dict[str, str]):
    process = schedulers.start()
    schedulers.act()
    with redis.Redis.from_url(redis_urls["xatra_operator"]) as client:
        client.client_pause(4000)
    until(lambda: "task not sent" in schedulers.log())
    schedulers.act()
    assert process.poll() is None


def test_what_redis_did_not_take_is_sent_when_it_is_back(schedulers: Schedulers, database: Database, own_redis: Redis):
    server = start(own_redis)
    process = schedulers.start(redis_url=own_redis.url("xatra_scheduler"))
    schedulers.act()
    stop(server)
    until(lambda: "task not sent" in schedulers.log())
    (before,) = database.all("SELECT last_run_at FROM scheduled_tasks WHERE name = 'retention.renders'")
    time.sleep(3)
    assert database.all("SELECT last_run_at FROM scheduled_tasks WHERE name = 'retention.renders'") == [before]
    server = start(own_redis)
    schedulers.act()
    assert process.poll() is None
    process.terminate()
    process.wait(20)
    stop(server)


def test_a_database_that_is_away_is_survived(schedulers: Schedulers, database: Database, admin: psycopg.Connection):
    process = schedulers.start()
    admin.execute("ALTER ROLE xatra_scheduler_login NOLOGIN")
    try:
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'xatra_scheduler_login'")
        time.sleep(3)
        assert database.leader() is None
    finally:
        admin.execute("ALTER ROLE xatra_scheduler_login LOGIN")
    schedulers.act()
    assert process.poll() is None
