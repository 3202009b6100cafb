"""All SQL about thumbnails. Every function works inside the caller's transaction; none commits."""

from dataclasses import dataclass

from sqlalchemy import Connection, text


@dataclass(frozen=True, slots=True)
class Standing:
    """What a picture is to somebody: the thumbnail of a work that everyone may see, or of one of their own."""

    is_public: bool
    is_own: bool


def set_thumbnail(connection: Connection, work_id: int, sha256: str) -> None:
    """Let a recorded picture be a work's thumbnail."""
    connection.execute(
        text("UPDATE hub_artifacts SET thumbnail_sha256 = :sha256 WHERE id = :work_id"),
        {"work_id": work_id, "sha256": sha256},
    )


def clear_thumbnail(connection: Connection, work_id: int) -> None:
    """Let a work have no thumbnail; the picture is retention's to delete."""
    connection.execute(
        text("UPDATE hub_artifacts SET thumbnail_sha256 = NULL WHERE id = :work_id"), {"work_id": work_id}
    )


def standing_of(connection: Connection, sha256: str, user_id: int | None) -> Standing:
    """Return whose thumbnail a picture is; all false: nobody's, or of works that others keep to themselves."""
    row = connection.execute(
        text(
            """
            SELECT coalesce(bool_or(visibility <> 'private' AND hidden_at IS NULL), false) AS is_public,
                   coalesce(bool_or(user_id = :user_id), false) AS is_own
            FROM hub_artifacts WHERE thumbnail_sha256 = :sha256
            """
        ),
        {"sha256": sha256, "user_id": user_id},
    ).one()
    return Standing(row.is_public, row.is_own)
