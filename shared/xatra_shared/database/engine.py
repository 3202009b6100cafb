"""Makes the engines by which services reach Postgres."""

import select
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

STATEMENT_TIMEOUT_SECONDS = 10
_IDLE_SECONDS = 30
# A server that neither answers nor closes must not hold a caller for the kernel's quarter of an hour.
_CONNECT_ARGS = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
}


def make_engine(url: str, *, application_name: str, pool_size: int = 5, idle_seconds: int = _IDLE_SECONDS) -> Engine:
    """Return an engine for threads.

    Args:
        url: The database.
        application_name: What `pg_stat_activity` shows.
        pool_size: How many connections it has at most.
        idle_seconds: How long a transaction may stay open between two statements. So long does a process that stands
            still keep its locks.
    """
    engine = create_engine(url, pool_size=pool_size, **_options(application_name, idle_seconds))
    event.listen(engine, "checkout", _check_connection)
    return engine


def make_async_engine(url: str, *, application_name: str, pool_size: int = 10) -> AsyncEngine:
    """Return an engine for an event loop. Repositories are synchronous: call them through `run_sync`."""
    engine = create_async_engine(url, pool_size=pool_size, **_options(application_name, _IDLE_SECONDS))
    event.listen(engine.sync_engine, "checkout", _check_connection)
    return engine


def _check_connection(connection: Any, *_: object) -> None:  # noqa: ANN401 - SQLAlchemy's adapter or psycopg's own
    """Have the pool connect anew where the server has closed a connection, which shows without asking it."""
    driver_connection = getattr(connection, "driver_connection", connection)
    poller = select.poll()
    poller.register(driver_connection.fileno(), select.POLLIN)
    if poller.poll(0):  # an idle server says nothing but farewell
        raise DisconnectionError


def _options(application_name: str, idle_seconds: int) -> dict[str, Any]:
    limits = f"-c statement_timeout={STATEMENT_TIMEOUT_SECONDS}s -c idle_in_transaction_session_timeout={idle_seconds}s"
    return {
        "max_overflow": 0,
        "pool_timeout": 5,
        "hide_parameters": True,  # an error's text must not carry programs and names into logs
        "connect_args": {**_CONNECT_ARGS, "application_name": application_name, "options": limits},
    }
