"""All SQL about personal API tokens but their use. Every function works inside the caller's transaction."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, text

_KEEP_EXPIRED = "30 days"
_COLUMNS = "id, name, prefix, scopes, created_at, expires_at, last_used_at"


@dataclass(frozen=True, slots=True)
class ListedToken:
    """A token, as its owner sees it."""

    id: int
    name: str
    prefix: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None


def add(
    connection: Connection,
    user_id: int,
    *,
    name: str,
    prefix: str,
    token_hash: str,
    scopes: Collection[str],
    days: int,
) -> ListedToken:
    """Keep a new token's digest; forget the user's tokens that expired long ago."""
    connection.execute(
        text(
            f"""
            DELETE FROM auth_tokens
            WHERE user_id = :user_id AND expires_at < now() - interval '{_KEEP_EXPIRED}'
            """
        ),
        {"user_id": user_id},
    )
    row = connection.execute(
        text(
            f"""
            INSERT INTO auth_tokens (user_id, name, prefix, token_hash, scopes, expires_at)
            VALUES (:user_id, :name, :prefix, :token_hash, :scopes, now() + make_interval(days => :days))
            RETURNING {_COLUMNS}
            """
        ),
        {
            "user_id": user_id,
            "name": name,
            "prefix": prefix,
            "token_hash": token_hash,
            "scopes": sorted(scopes),
            "days": days,
        },
    ).one()
    return ListedToken(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it


def lock_owner(connection: Connection, user_id: int) -> None:
    """Let those who make tokens for one user take turns, and the account stay as it is, until the transaction ends."""
    connection.execute(text("SELECT 1 FROM hub_users WHERE id = :user_id FOR NO KEY UPDATE"), {"user_id": user_id})


def count_good(connection: Connection, user_id: int) -> int:
    """Return how many tokens a user has that have not expired."""
    return int(
        connection.execute(
            text("SELECT count(*) FROM auth_tokens WHERE user_id = :user_id AND expires_at > now()"),
            {"user_id": user_id},
        ).scalar_one()
    )


def list_of(connection: Connection, user_id: int) -> list[ListedToken]:
    """Return a user's tokens, the newest first."""
    rows = connection.execute(
        text(
            f"""
            SELECT {_COLUMNS} FROM auth_tokens
            WHERE user_id = :user_id AND expires_at > now() - interval '{_KEEP_EXPIRED}'
            ORDER BY id DESC
            """
        ),
        {"user_id": user_id},
    )
    return [ListedToken(**row._mapping) for row in rows]  # noqa: SLF001 - SQLAlchemy's public name for it


def revoke(connection: Connection, user_id: int, *, only: int | None = None) -> list[int]:
    """Erase a user's tokens, or one of them, let all processes know, and return their numbers.

    Args:
        connection: The transaction; all processes are to be told after it.
        user_id: Whose.
        only: This one alone.
    """
    rows = connection.execute(
        text(
            """
            WITH revoked AS (
                DELETE FROM auth_tokens
                WHERE user_id = :user_id AND (CAST(:only AS bigint) IS NULL OR id = :only)
                RETURNING id
            )
            INSERT INTO auth_revocations (api_token_id) SELECT id FROM revoked RETURNING api_token_id
            """
        ),
        {"user_id": user_id, "only": only},
    )
    return list(rows.scalars())
