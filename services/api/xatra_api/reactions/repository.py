"""All SQL about votes and views. Every function works inside the caller's transaction; none commits.

What counts is the row of a vote or view: whoever has added or taken one changes the work's count in the same transaction.
"""

from sqlalchemy import Connection, text


def add_vote(connection: Connection, work_id: int, user_id: int) -> bool:
    """Record a user's vote; tell whether it is new."""
    result = connection.execute(
        text("INSERT INTO hub_votes (artifact_id, user_id) VALUES (:work_id, :user_id) ON CONFLICT DO NOTHING"),
        {"work_id": work_id, "user_id": user_id},
    )
    return result.rowcount > 0


def take_vote(connection: Connection, work_id: int, user_id: int) -> bool:
    """Take a user's vote back; tell whether there was one."""
    result = connection.execute(
        text("DELETE FROM hub_votes WHERE artifact_id = :work_id AND user_id = :user_id"),
        {"work_id": work_id, "user_id": user_id},
    )
    return result.rowcount > 0


def add_view(connection: Connection, work_id: int, viewer: str) -> bool:
    """Record that a caller has looked at a work; tell whether for the first time."""
    result = connection.execute(
        text("INSERT INTO hub_map_views (artifact_id, viewer_key) VALUES (:work_id, :viewer) ON CONFLICT DO NOTHING"),
        {"work_id": work_id, "viewer": viewer},
    )
    return result.rowcount > 0


def count_votes(connection: Connection, work_id: int, *, added: int) -> int:
    """Add to a work's votes and return how many they are now."""
    return _count(connection, "votes", work_id, added)


def count_views(connection: Connection, work_id: int, *, added: int) -> int:
    """Add to a work's views and return how many they are now."""
    return _count(connection, "views", work_id, added)


def _count(connection: Connection, column: str, work_id: int, added: int) -> int:
    if added:
        statement = f"UPDATE hub_artifacts SET {column} = {column} + :added WHERE id = :work_id RETURNING {column}"
    else:  # an update would write every index of the work anew
        statement = f"SELECT {column} FROM hub_artifacts WHERE id = :work_id"
    return int(connection.execute(text(statement), {"work_id": work_id, "added": added}).scalar_one())
