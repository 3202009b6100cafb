"""Asks what a worker leans on whether it answers."""

import asyncio
from collections.abc import Callable

import structlog

from xatra_render_worker.pool.slots import SlotPool

_log = structlog.get_logger(__name__)


def readiness(pool: SlotPool) -> dict[str, bool]:
    """Return whether each of the worker's dependencies answers, and whether it takes jobs."""
    connections = pool.connections

    def ask_database() -> None:
        with connections.database.connect():
            pass

    return {
        "database": _answers("database", ask_database),
        "redis": _answers("redis", connections.redis.ping),
        "store": _answers("store", lambda: asyncio.run(connections.store.ping())),
        "consumes": pool.consumes(),
    }


def _answers(name: str, ask: Callable[[], object]) -> bool:
    try:
        ask()
    except Exception as error:  # noqa: BLE001 - whatever goes wrong, the answer is no
        _log.warning("not ready", dependency=name, error=f"{type(error).__name__}: {error}".partition("\n")[0])
        return False
    return True
