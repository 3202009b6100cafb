"""Makes the engines by which services reach Postgres."""

from typing import Any

from sqlalchemy import Engine, create_engine
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
    return create_engine(url, pool_size=pool_size, **_options(application_name))


def make_async_engine(url: str, *, application_name: str, pool_size: int = 10) -> AsyncEngine:
    """Return an engine for an event loop. Repositories are synchronous: call them through `run_sync`."""
    return create_async_engine(url, pool_size=pool_size, **_options(application_name))


def _options(application_name: str) -> dict[str, Any]:
    return {
        "max_overflow": 0,
        "pool_timeout": 5,
        "pool_pre_ping": True,
        "hide_parameters": True,  # an error's text must not carry programs and names into logs
        "connect_args": {**_CONNECT_ARGS, "application_name": application_name},
    }
