"""All connections that the services may hold at once fit into PostgreSQL."""

import inspect
import re
from pathlib import Path

from xatra_scheduler.resources import TASK_THREADS
from xatra_shared.database.engine import make_async_engine

_CHECKOUT = Path(__file__).parents[2]
_COLOURS = 2  # of the api, and of auth
_MOST_WEB_PROCESSES = 2  # of each colour
_MOST_SLOTS = 16
_RESERVED = 3 + 3  # for the superuser (PostgreSQL's default), and the monitor role's limit
_METRICS = 1  # what each process has to count the queue


def test_all_pools_together_fit_into_postgresql():
    configuration = (_CHECKOUT / "compose" / "postgres" / "postgresql.conf").read_text()
    found = re.search(r"^max_connections = (\d+)", configuration, re.MULTILINE)
    pool = inspect.signature(make_async_engine).parameters["pool_size"].default
    api = _COLOURS * _MOST_WEB_PROCESSES * (pool + _METRICS)
    auth = _COLOURS * _MOST_WEB_PROCESSES * pool
    render_worker = _MOST_SLOTS + 2 + _METRICS + 1  # leases, sign of life; the index of the map data
    scheduler = TASK_THREADS + 1 + 1 + 2 * _METRICS  # monitoring, leading; the queue, publications
    backup = 3 + 1 + scheduler - 1 - _METRICS  # alone, snapshot, both at once; pg_dump
    migrate = 2
    assert api + auth + render_worker + scheduler + backup + migrate + _RESERVED <= int(found[1])


def test_the_default_leaves_room_for_twice_as_many_processes():
    compose = (_CHECKOUT / "docker-compose.prod.yml").read_text()
    assert {int(default) * 2 for default in re.findall(r"\$\{WEB_PROCESSES:-(\d+)\}", compose)} == {_MOST_WEB_PROCESSES}
