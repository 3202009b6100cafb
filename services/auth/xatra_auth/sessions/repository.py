"""All SQL about sessions, revocations and public keys. Every function works inside the caller's transaction."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg.types.json import Jsonb
from sqlalchemy import Connection, text

_KEEP_REVOCATIONS = "1 hour"  # longer than any access token is good
_KEEP_ENDED_SESSIONS = "30 days"
_KEEP_RETIRED_KEYS = "30 days"


@dataclass(frozen=True)
class Session:
    """A session, as the database's clock sees it.

    Attributes:
        id: Its number.
        user_id: Whose it is.
        token_hash: Digest of the refresh token that is good.
        previous_token_hash: Digest of the one before.
        rotation_salt: What leads from that one to the good one.
        refreshed_seconds_ago: Since when the good one is.
        seconds_left: Until it ends by itself.
        is_alive: Whether it is still good.
    """

    id: int
    user_id: int
    token_hash: str
    previous_token_hash: str | None
    rotation_salt: str | None
    refreshed_seconds_ago: float
    seconds_left: int
    is_alive: bool


@dataclass(frozen=True)
class ListedSession:
    """A session, as its user sees it."""

    id: int
    created_at: datetime
    refreshed_at: datetime
    expires_at: datetime
    address: str
    user_agent: str


def add(
    connection: Connection, user_id: int, *, family_hash: str, token_hash: str, days: int, address: str, user_agent: str
) -> int:
    """Begin a session and return its number; forget the user's that ended long ago."""
    connection.execute(
        text(
            f"""
            DELETE FROM hub_sessions
            WHERE user_id = :user_id AND coalesce(ended_at, expires_at) < now() - interval '{_KEEP_ENDED_SESSIONS}'
            """
        ),
        {"user_id": user_id},
    )
    session_id: int = connection.execute(
        text(
            """
            INSERT INTO hub_sessions (user_id, family_hash, token_hash, expires_at, address, user_agent)
            VALUES (:user_id, :family_hash, :token_hash, now() + make_interval(days => :days), :address, :user_agent)
            RETURNING id
            """
        ),
        {
            "user_id": user_id,
            "family_hash": family_hash,
            "token_hash": token_hash,
            "days": days,
            "address": address,
            "user_agent": user_agent,
        },
    ).scalar_one()
    return session_id


def find(connection: Connection, family_hash: str, *, idle_hours: int, lock: bool = False) -> Session | None:
    """Return the session of a family of refresh tokens, alive or not."""
    row = connection.execute(
        text(
            f"""
            SELECT id, user_id, token_hash, previous_token_hash, rotation_salt,
                   extract(epoch FROM clock_timestamp() - refreshed_at)::double precision AS refreshed_seconds_ago,
                   greatest(0, extract(epoch FROM ends_at - now()))::bigint AS seconds_left,
                   ended_at IS NULL AND ends_at > now() AS is_alive
            FROM (
                SELECT *, least(expires_at, refreshed_at + make_interval(hours => :idle_hours)) AS ends_at
                FROM hub_sessions WHERE family_hash = :family_hash {"FOR UPDATE" if lock else ""}
            ) AS session
            """
        ),
        {"family_hash": family_hash, "idle_hours": idle_hours},
    ).one_or_none()
    return None if row is None else Session(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it


def rotate(connection: Connection, session: Session, *, token_hash: str, salt: str) -> None:
    """Make another refresh token the good one."""
    connection.execute(
        text(
            """
            UPDATE hub_sessions
            SET previous_token_hash = token_hash, token_hash = :token_hash, rotation_salt = :salt,
                refreshed_at = clock_timestamp()
            WHERE id = :id
            """
        ),
        {"id": session.id, "token_hash": token_hash, "salt": salt},
    )


def created_seconds_ago(connection: Connection, session_id: int) -> float | None:
    """Return how old a session is that has not ended, if there is one."""
    found = connection.execute(
        text(
            """
            SELECT extract(epoch FROM now() - created_at)::double precision
            FROM hub_sessions WHERE id = :id AND ended_at IS NULL
            """
        ),
        {"id": session_id},
    )
    return found.scalar_one_or_none()


def list_of(connection: Connection, user_id: int, *, idle_hours: int) -> list[ListedSession]:
    """Return a user's sessions that are good, the last used first."""
    rows = connection.execute(
        text(
            """
            SELECT id, created_at, refreshed_at, expires_at, address, user_agent
            FROM hub_sessions
            WHERE user_id = :user_id AND ended_at IS NULL AND expires_at > now()
              AND refreshed_at > now() - make_interval(hours => :idle_hours)
            ORDER BY refreshed_at DESC, id DESC
            """
        ),
        {"user_id": user_id, "idle_hours": idle_hours},
    )
    return [ListedSession(**row._mapping) for row in rows]  # noqa: SLF001 - SQLAlchemy's public name for it


def end(connection: Connection, user_id: int, *, only: int | None = None, all_but: int | None = None) -> list[int]:
    """End a user's sessions, make their access tokens void, and return their numbers.

    Args:
        connection: The transaction; all processes are to be told after it.
        user_id: Whose.
        only: This one alone.
        all_but: This one not.
    """
    connection.execute(
        text(
            f"""
            DELETE FROM auth_revocations WHERE id IN (
                SELECT id FROM auth_revocations WHERE created_at < now() - interval '{_KEEP_REVOCATIONS}'
                FOR UPDATE SKIP LOCKED
            )
            """
        )
    )
    rows = connection.execute(
        text(
            """
            WITH ended AS (
                UPDATE hub_sessions SET ended_at = now()
                WHERE user_id = :user_id AND ended_at IS NULL
                  AND (CAST(:only AS bigint) IS NULL OR id = :only)
                  AND (CAST(:all_but AS bigint) IS NULL OR id <> :all_but)
                RETURNING id
            )
            INSERT INTO auth_revocations (session_id) SELECT id FROM ended RETURNING session_id
            """
        ),
        {"user_id": user_id, "only": only, "all_but": all_but},
    )
    return list(rows.scalars())


def make_tokens_void(connection: Connection, user_id: int) -> None:
    """Make a user's access tokens void, whose sessions go on: what the tokens state has changed."""
    connection.execute(
        text(
            """
            WITH changed AS (
                UPDATE hub_users SET token_version = token_version + 1 WHERE id = :user_id RETURNING id, token_version
            )
            INSERT INTO auth_revocations (user_id, token_version) SELECT id, token_version FROM changed
            """
        ),
        {"user_id": user_id},
    )


def note_guest(connection: Connection, guest_id: str, user_id: int) -> None:
    """Note that a guest became a user; whose things are handed over already stay with that user."""
    connection.execute(
        text("INSERT INTO guest_became_user (guest_id, user_id) VALUES (:guest_id, :user_id) ON CONFLICT DO NOTHING"),
        {"guest_id": guest_id, "user_id": user_id},
    )


def publish_key(connection: Connection, kid: str, jwk: dict[str, Any]) -> None:
    """Let everyone know the public key by which we sign from now on; other keys retire."""
    published = connection.execute(
        text(
            """
            INSERT INTO auth_public_keys (kid, jwk)
            SELECT :kid, :jwk
            WHERE NOT EXISTS (SELECT 1 FROM auth_public_keys WHERE kid = :kid AND retired_at IS NULL)
            ON CONFLICT (kid) DO UPDATE SET retired_at = NULL
            """
        ),
        {"kid": kid, "jwk": Jsonb(jwk)},
    )
    if published.rowcount:
        connection.execute(
            text("UPDATE auth_public_keys SET retired_at = now() WHERE kid <> :kid AND retired_at IS NULL"),
            {"kid": kid},
        )
        connection.execute(
            text(f"DELETE FROM auth_public_keys WHERE retired_at < now() - interval '{_KEEP_RETIRED_KEYS}'")
        )
