"""All SQL about names of works. Every function works inside the caller's transaction; none commits."""

from collections.abc import Sequence

from sqlalchemy import Connection, text


def take(connection: Connection, kind: str, name: str, user_id: int, work_id: int | None) -> bool:
    """Let a name be a work's, or somebody's whose work is yet to be made; tell whether it was free for them.

    Free is what nobody ever had, what this work itself was called, and what the same user's deleted work was.
    """
    taken = connection.execute(
        text(
            """
            INSERT INTO hub_artifact_names AS named (kind, name, artifact_id, user_id)
            VALUES (:kind, :name, :work_id, :user_id)
            ON CONFLICT (kind, name) DO UPDATE SET artifact_id = excluded.artifact_id
            WHERE named.user_id = :user_id AND (named.artifact_id IS NULL OR named.artifact_id = :work_id)
            RETURNING 1
            """
        ),
        {"kind": kind, "name": name, "work_id": work_id, "user_id": user_id},
    )
    return taken.one_or_none() is not None


def lead_to(connection: Connection, kind: str, name: str, work_id: int) -> None:
    """Let a name that was taken lead to its work."""
    connection.execute(
        text("UPDATE hub_artifact_names SET artifact_id = :work_id WHERE kind = :kind AND name = :name"),
        {"kind": kind, "name": name, "work_id": work_id},
    )


def mark_public(connection: Connection, work_id: int) -> None:
    """Note that others may have seen a work under its name."""
    connection.execute(
        text(
            """
            UPDATE hub_artifact_names named SET public_at = now()
            FROM hub_artifacts work
            WHERE work.id = :work_id AND (named.kind, named.name) = (work.kind, work.name) AND named.public_at IS NULL
            """
        ),
        {"work_id": work_id},
    )


def free_unseen(connection: Connection, work_id: int, *, but: str | None) -> None:
    """Give back names of a work that were never public, all but one."""
    connection.execute(
        text(
            """
            DELETE FROM hub_artifact_names
            WHERE artifact_id = :work_id AND public_at IS NULL AND name IS DISTINCT FROM :but
            """
        ),
        {"work_id": work_id, "but": but},
    )


def disown(connection: Connection, work_id: int) -> None:
    """Let nobody ever use a work's names for another."""
    connection.execute(
        text("UPDATE hub_artifact_names SET user_id = NULL WHERE artifact_id = :work_id"), {"work_id": work_id}
    )


def first_free(connection: Connection, kind: str, names: Sequence[str]) -> str | None:
    """Return the first of these names that nobody has or had."""
    return connection.execute(
        text(
            """
            SELECT name FROM unnest(CAST(:names AS text[])) WITH ORDINALITY AS candidate(name, place)
            WHERE NOT EXISTS (
                SELECT FROM hub_artifact_names taken WHERE taken.kind = :kind AND taken.name = candidate.name
            )
            ORDER BY place LIMIT 1
            """
        ),
        {"kind": kind, "names": list(names)},
    ).scalar_one_or_none()
