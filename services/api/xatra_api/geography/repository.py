"""All SQL by which the index of the map data is found."""

from sqlalchemy import Connection, text

from xatra_shared.geography.units import FORMAT
from xatra_shared.queue.repository import WORKER_ALIVE_SECONDS


def indexed_version(connection: Connection) -> str | None:
    """Return the data version whose index holds now: that of the newest worker, else the newest; None without any."""
    return connection.execute(
        text(
            """
            SELECT data_version FROM geography_indexes LEFT JOIN render_workers worker USING (data_version)
            WHERE format = :format
            ORDER BY worker.last_seen_at > now() - make_interval(secs => :alive_seconds) DESC NULLS LAST,
                     worker.started_at DESC NULLS LAST, created_at DESC
            LIMIT 1
            """
        ),
        {"format": FORMAT, "alive_seconds": WORKER_ALIVE_SECONDS},
    ).scalar_one_or_none()


def read_index(connection: Connection, data_version: str) -> bytes | None:
    """Return the index of a data version; None where it has been deleted by now."""
    return connection.execute(
        text("SELECT content FROM geography_indexes WHERE data_version = :data_version AND format = :format"),
        {"data_version": data_version, "format": FORMAT},
    ).scalar_one_or_none()
