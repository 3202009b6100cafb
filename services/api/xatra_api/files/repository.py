"""All SQL about uploaded files. Every function works inside the caller's transaction; none commits."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, text

from xatra_api.files.schemas import ListedFile
from xatra_shared.identity.callers import Caller


@dataclass(frozen=True, slots=True)
class Usage:
    """How much a caller has stored, and everyone of its network together."""

    files: int
    size_bytes: int
    address_bytes: int


def usage(connection: Connection, caller: Caller) -> Usage:
    """Return how much a caller and its network have stored."""
    row = connection.execute(
        text(
            """
            SELECT count(*) FILTER (WHERE owner.caller = :caller) AS files,
                   coalesce(sum(file.size_bytes) FILTER (WHERE owner.caller = :caller), 0) AS size_bytes,
                   coalesce(sum(file.size_bytes) FILTER (WHERE owner.address = :address), 0) AS address_bytes
            FROM file_owners owner JOIN files file USING (sha256)
            WHERE owner.caller = :caller OR owner.address = :address
            """
        ),
        {"caller": caller.id, "address": caller.network},
    ).one()
    return Usage(row.files, int(row.size_bytes), int(row.address_bytes))


def is_owner(connection: Connection, caller: str, sha256: str) -> bool:
    """Tell whether the file is among the caller's."""
    found = connection.execute(
        text("SELECT 1 FROM file_owners WHERE caller = :caller AND sha256 = :sha256"),
        {"caller": caller, "sha256": sha256},
    )
    return found.one_or_none() is not None


def add(connection: Connection, sha256: str, media_type: str, size_bytes: int) -> None:
    """Record a stored file, and that it is used."""
    connection.execute(
        text(
            """
            INSERT INTO files (sha256, media_type, size_bytes) VALUES (:sha256, :media_type, :size_bytes)
            ON CONFLICT (sha256) DO UPDATE SET last_used_at = now(), marked_at = NULL
            """
        ),
        {"sha256": sha256, "media_type": media_type, "size_bytes": size_bytes},
    )


def own(connection: Connection, caller: Caller, sha256: str) -> None:
    """Put a recorded file into the caller's list."""
    connection.execute(
        text(
            """
            INSERT INTO file_owners (caller, address, sha256) VALUES (:caller, :address, :sha256)
            ON CONFLICT DO NOTHING
            """
        ),
        {"caller": caller.id, "address": caller.network, "sha256": sha256},
    )


def list_of(connection: Connection, caller: str) -> list[ListedFile]:
    """Return the caller's files, the newest first."""
    rows = connection.execute(
        text(
            """
            SELECT file.sha256, file.media_type, file.size_bytes, owner.created_at
            FROM file_owners owner JOIN files file USING (sha256)
            WHERE owner.caller = :caller
            ORDER BY owner.created_at DESC, file.sha256
            """
        ),
        {"caller": caller},
    )
    return [ListedFile(**row._mapping) for row in rows]  # noqa: SLF001 - SQLAlchemy's public name for it


def give_up(connection: Connection, caller: str, sha256: str) -> bool:
    """Take a file from the caller's list; tell whether it was there."""
    result = connection.execute(
        text("DELETE FROM file_owners WHERE caller = :caller AND sha256 = :sha256"),
        {"caller": caller, "sha256": sha256},
    )
    return result.rowcount > 0


def missing(connection: Connection, sha256s: Collection[str]) -> set[str]:
    """Return those of the named files that are not stored, and keep the others from retention's hands."""
    named = {"sha256s": list(sha256s)}
    # A mark is taken back at once; otherwise the hour is exact enough and spares most renders a write. Rows are
    # locked in one order, so that two renders of the same files do not block each other.
    connection.execute(
        text(
            """
            WITH stale AS (
                SELECT sha256 FROM files
                WHERE sha256 = ANY(:sha256s)
                  AND (marked_at IS NOT NULL OR last_used_at < now() - interval '1 hour')
                ORDER BY sha256 FOR NO KEY UPDATE
            )
            UPDATE files file SET last_used_at = now(), marked_at = NULL FROM stale WHERE file.sha256 = stale.sha256
            """
        ),
        named,
    )
    rows = connection.execute(text("SELECT sha256 FROM files WHERE sha256 = ANY(:sha256s) FOR KEY SHARE"), named)
    return set(sha256s) - set(rows.scalars())
