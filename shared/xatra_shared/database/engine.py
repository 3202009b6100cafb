"""Makes the engines by which services reach Postgres."""

import select
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

STATEMENT_TIMEOUT_SECONDS = 10
# A server that neither answers nor closes must not hold a caller for the kernel's quarter of an hour.
_CONNECT_ARGS = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
    "options": f"-c statement_timeout={STATEMENT_TIMEOUT_SECONDS}s -c idle_in_transaction_session_timeout=30s",
}


def make_engine(url: str, *, application_name: str, pool_size: int = 5) -> Engine:
    """Return an engine for threads; `application_name` is what `pg_stat_activity` shows."""
    engine = create_engine(url, pool_size=pool_size, **_options(application_name))
    event.listen(engine, "checkout", _check_connection)
    return engine


def make_async_engine(url: str, *, application_name: str, pool_size: int = 10) -> AsyncEngine:
    """Return an engine for an event loop. Repositories are synchronous: call them through `run_sync`."""
    engine = create_async_engine(url, pool_size=pool_size, **_options(application_name))
    event.listen(engine.sync_engine, "checkout", _check_connection)
    return engine


def _check_connection(connection: Any, *_: object) -> None:  # noqa: ANN401 - SQLAlchemy's adapter or psycopg's own
    """Have the pool connect anew where the server has closed a connection, which shows without asking it."""
    driver_connection = getattr(connection, "driver_connection", connection)
    poller = select.poll()
    poller.register(driver_connection.fileno(), select.POLLIN)
    if poller.poll(0):  # an idle server says nothing but farewell
        raise DisconnectionError


def _options(application_name: str) -> dict[str, Any]:
    return {
        "max_overflow": 0,
        "pool_timeout": 5,
        "hide_parameters": True,  # an error's text must not carry programs and names into logs
        "connect_args": {**_CONNECT_ARGS, "application_name": application_name},
    }
