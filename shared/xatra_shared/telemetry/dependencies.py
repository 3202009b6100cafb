"""Asks what services lean on whether it answers."""

import asyncio
from collections.abc import Callable

import redis
from sqlalchemy import Engine

from xatra_shared.artifacts.store import ArtefactStore


def dependencies(database: Engine, client: redis.Redis, store: ArtefactStore) -> dict[str, Callable[[], object]]:
    """Return for the database, Redis and the artefact store what raises an exception where it does not answer."""

    def ask_database() -> None:
        with database.connect():
            pass

    return {"database": ask_database, "redis": client.ping, "store": lambda: asyncio.run(store.ping())}
