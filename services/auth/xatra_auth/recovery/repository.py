"""All SQL about reset links. Every function works inside the caller's transaction."""

from datetime import datetime

from sqlalchemy import Connection, text


def add(connection: Connection, user_id: int, token_hash: str, *, hours: int) -> datetime:
    """Keep a link's digest, instead of any earlier one of the user's, and return until when it is good."""
    forget(connection, user_id)
    expires_at: datetime = connection.execute(
        text(
            """
            INSERT INTO auth_reset_links (token_hash, user_id, expires_at)
            VALUES (:token_hash, :user_id, now() + make_interval(hours => :hours))
            RETURNING expires_at
            """
        ),
        {"token_hash": token_hash, "user_id": user_id, "hours": hours},
    ).scalar_one()
    return expires_at


def find(connection: Connection, token_hash: str) -> int | None:
    """Return whose link this is, if it is good."""
    found = connection.execute(
        text("SELECT user_id FROM auth_reset_links WHERE token_hash = :token_hash AND expires_at > now()"),
        {"token_hash": token_hash},
    )
    return found.scalar_one_or_none()


def use(connection: Connection, token_hash: str) -> bool:
    """Use a link up and tell whether it was good; of two who try at once, one does."""
    used = connection.execute(
        text("DELETE FROM auth_reset_links WHERE token_hash = :token_hash AND expires_at > now()"),
        {"token_hash": token_hash},
    )
    return used.rowcount > 0


def forget(connection: Connection, user_id: int) -> None:
    """Make a user's links useless."""
    connection.execute(text("DELETE FROM auth_reset_links WHERE user_id = :user_id"), {"user_id": user_id})
