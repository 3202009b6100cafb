"""All SQL by which a worker keeps the index of its map data in the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, text

from xatra_shared.geography.units import FORMAT

RETENTION_DAYS = 7

_LOCK = 0x7861747261676464


@contextmanager
def at_work_alone(engine: Engine) -> Iterator[Connection | None]:
    """Give a connection without transaction while nobody else gets one here; None where somebody has it."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        lock = {"lock": _LOCK}
        if not connection.execute(text("SELECT pg_try_advisory_lock(:lock)"), lock).scalar_one():
            yield None
            return
        try:
            yield connection
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:lock)"), lock)


def has_index(connection: Connection, data_version: str) -> bool:
    """Tell whether the index of a data version is there."""
    found = connection.execute(
        text("SELECT 1 FROM geography_indexes WHERE data_version = :data_version AND format = :format"),
        {"data_version": data_version, "format": FORMAT},
    )
    return found.one_or_none() is not None


def add_index(connection: Connection, data_version: str, content: bytes) -> None:
    """Add the index of a data version, and delete those that are a week old and of no worker's data and form."""
    connection.execute(
        text(
            """
            INSERT INTO geography_indexes (data_version, format, content) VALUES (:data_version, :format, :content)
            """
        ),
        {"data_version": data_version, "format": FORMAT, "content": content},
    )
    connection.execute(
        text(
            """
            DELETE FROM geography_indexes
            WHERE created_at < now() - make_interval(days => :days)
              AND (format <> :format OR data_version NOT IN (SELECT data_version FROM render_workers))
            """
        ),
        {"format": FORMAT, "days": RETENTION_DAYS},
    )
