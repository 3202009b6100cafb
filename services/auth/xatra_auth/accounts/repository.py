"""All SQL about accounts. Every function works inside the caller's transaction; none commits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, text

_USER = """
    SELECT account.id, account.username, account.full_name, account.bio, account.email, account.email_verified,
           account.is_trusted, account.is_admin, account.disabled_at IS NOT NULL AS is_disabled,
           account.token_version, account.created_at, account.google_sub IS NOT NULL AS has_google,
           account.github_id IS NOT NULL AS has_github,
           EXISTS (SELECT 1 FROM auth_credentials WHERE user_id = account.id) AS has_password
    FROM hub_users AS account
"""


@dataclass(frozen=True)
class User:
    """An account."""

    id: int
    username: str
    full_name: str
    bio: str
    email: str | None
    email_verified: bool
    is_trusted: bool
    is_admin: bool
    is_disabled: bool
    token_version: int
    created_at: datetime
    has_google: bool
    has_github: bool
    has_password: bool


@dataclass(frozen=True)
class Credential:
    """What there is to check a password against.

    Attributes:
        user_id: Whose it is; None where there is no such account.
        password_hash: None where there is no account, or none with a password.
        predecessors_exist: Whether any account still has a hash of the predecessor's.
        knows_network: Whether the account has lately been signed in from where it is asked for.
    """

    user_id: int | None
    password_hash: str | None
    predecessors_exist: bool
    knows_network: bool


def get(connection: Connection, user_id: int, *, lock: bool = False) -> User | None:
    """Return an account; `lock`: as it is until the transaction ends."""
    row = connection.execute(
        text(f"{_USER} WHERE account.id = :user_id {'FOR SHARE OF account' if lock else ''}"), {"user_id": user_id}
    ).one_or_none()
    return None if row is None else User(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it


def find(connection: Connection, name: str) -> User | None:
    """Return the account of a user name, or of a verified e-mail address."""
    row = connection.execute(
        text(
            f"{_USER} WHERE account.username = :name OR (account.email_verified AND lower(account.email) = lower(:name))"
        ),
        {"name": name},
    ).one_or_none()
    return None if row is None else User(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it


def find_credential(connection: Connection, name: str, *, address: str) -> Credential:
    """Return what a password is checked against for a user name or verified e-mail address, known or not."""
    by_name = "username = :name OR (email_verified AND lower(email) = lower(:name))"
    return _credential(connection, by_name, {"name": name, "address": address})


def credential_of(connection: Connection, user_id: int, *, address: str) -> Credential:
    """Return what a password is checked against for an account."""
    return _credential(connection, "id = :user_id", {"user_id": user_id, "address": address})


def lock_password_hash(connection: Connection, user_id: int) -> str | None:
    """Return an account's hash; account and hash stay as they are until the transaction ends."""
    if get(connection, user_id, lock=True) is None:
        return None
    found = connection.execute(
        text("SELECT password_hash FROM auth_credentials WHERE user_id = :user_id FOR SHARE"), {"user_id": user_id}
    )
    return found.scalar_one_or_none()


def _credential(connection: Connection, condition: str, values: Mapping[str, object]) -> Credential:
    row = connection.execute(
        text(
            f"""
            SELECT account.id AS user_id, credential.password_hash,
                   EXISTS (SELECT 1 FROM auth_credentials WHERE left(password_hash, 6) = 'pbkdf2') AS predecessors_exist,
                   EXISTS (
                       SELECT 1 FROM hub_sessions WHERE user_id = account.id AND address = :address
                   ) AS knows_network
            FROM (VALUES (1)) AS always (there)
            LEFT JOIN (SELECT id FROM hub_users WHERE {condition}) AS account ON true
            LEFT JOIN auth_credentials AS credential ON credential.user_id = account.id
            """
        ),
        values,
    ).one()
    return Credential(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it


def add(
    connection: Connection,
    username: str,
    *,
    full_name: str = "",
    email: str | None = None,
    email_verified: bool = False,
) -> int:
    """Make an account and return its number; its name must have been claimed."""
    user_id: int = connection.execute(
        text(
            """
            INSERT INTO hub_users (username, full_name, email, email_verified)
            VALUES (:username, :full_name, :email, :email_verified)
            RETURNING id
            """
        ),
        {"username": username, "full_name": full_name, "email": email, "email_verified": email_verified},
    ).scalar_one()
    return user_id


def claim_name(connection: Connection, username: str) -> bool:
    """Take a name that nobody ever had; tell whether it was one. Two who try at once take turns."""
    result = connection.execute(
        text("INSERT INTO hub_usernames (username) VALUES (:username) ON CONFLICT DO NOTHING"), {"username": username}
    )
    return result.rowcount > 0


def own_name(connection: Connection, username: str, user_id: int) -> None:
    """Let a claimed name lead to an account."""
    connection.execute(
        text("UPDATE hub_usernames SET user_id = :user_id WHERE username = :username"),
        {"username": username, "user_id": user_id},
    )


def names_of(connection: Connection, user_id: int) -> list[str]:
    """Return every name that an account has or had, the oldest first."""
    rows = connection.execute(
        text("SELECT username FROM hub_usernames WHERE user_id = :user_id ORDER BY created_at, username"),
        {"user_id": user_id},
    )
    return list(rows.scalars())


def find_by_any_name(connection: Connection, username: str) -> User | None:
    """Return the account that has or had a name."""
    row = connection.execute(
        text(f"{_USER} JOIN hub_usernames AS name ON name.user_id = account.id WHERE name.username = :username"),
        {"username": username},
    ).one_or_none()
    return None if row is None else User(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it


def rename(connection: Connection, user_id: int, username: str) -> None:
    """Give an account another name, which it must own."""
    connection.execute(
        text("UPDATE hub_users SET username = :username WHERE id = :user_id"),
        {"user_id": user_id, "username": username},
    )


def set_profile(connection: Connection, user_id: int, *, full_name: str, bio: str) -> None:
    """Change what an account tells of itself."""
    connection.execute(
        text("UPDATE hub_users SET full_name = :full_name, bio = :bio WHERE id = :user_id"),
        {"user_id": user_id, "full_name": full_name, "bio": bio},
    )


def set_password_hash(connection: Connection, user_id: int, password_hash: str) -> None:
    """Give an account a password."""
    connection.execute(
        text(
            """
            INSERT INTO auth_credentials (user_id, password_hash) VALUES (:user_id, :password_hash)
            ON CONFLICT (user_id) DO UPDATE SET password_hash = excluded.password_hash, changed_at = now()
            """
        ),
        {"user_id": user_id, "password_hash": password_hash},
    )


def replace_password_hash(connection: Connection, user_id: int, *, old: str, new: str) -> None:
    """Keep the same password in another form, unless it was changed meanwhile."""
    connection.execute(
        text("UPDATE auth_credentials SET password_hash = :new WHERE user_id = :user_id AND password_hash = :old"),
        {"user_id": user_id, "old": old, "new": new},
    )


def lock_for_good(connection: Connection, user_id: int) -> None:
    """Let nobody touch an account any more that is about to be erased."""
    connection.execute(text("SELECT 1 FROM hub_users WHERE id = :user_id FOR UPDATE"), {"user_id": user_id})


def delete(connection: Connection, user_id: int) -> None:
    """Erase an account; its names stay taken, and other services learn that it is gone."""
    connection.execute(text("DELETE FROM hub_users WHERE id = :user_id"), {"user_id": user_id})
    connection.execute(text("INSERT INTO deleted_users (user_id) VALUES (:user_id)"), {"user_id": user_id})


def set_flags(
    connection: Connection, user_id: int, *, is_trusted: bool | None, is_admin: bool | None, is_disabled: bool | None
) -> None:
    """Change what an account may do; None leaves as it is."""
    connection.execute(
        text(
            """
            UPDATE hub_users
            SET is_trusted = coalesce(:is_trusted, is_trusted), is_admin = coalesce(:is_admin, is_admin),
                disabled_at = CASE CAST(:is_disabled AS boolean)
                              WHEN true THEN coalesce(disabled_at, now())
                              WHEN false THEN NULL
                              ELSE disabled_at END
            WHERE id = :user_id
            """
        ),
        {"user_id": user_id, "is_trusted": is_trusted, "is_admin": is_admin, "is_disabled": is_disabled},
    )


def lock_admins(connection: Connection) -> set[int]:
    """Return the accounts that administrate and are not disabled; they stay as they are until the transaction ends."""
    rows = connection.execute(
        text("SELECT id FROM hub_users WHERE is_admin AND disabled_at IS NULL ORDER BY id FOR NO KEY UPDATE")
    )
    return set(rows.scalars())


def search(connection: Connection, query: str, *, after: str | None, limit: int) -> list[User]:
    """Return accounts whose name, full name or e-mail address contains `query`, by name.

    Args:
        connection: The transaction.
        query: Text; empty: all accounts.
        after: Only those whose name comes later: the last name of the page before.
        limit: At most so many.
    """
    rows = connection.execute(
        text(
            f"""
            {_USER}
            WHERE (CAST(:after AS text) IS NULL OR account.username > :after)
              AND position(lower(:query) IN lower(concat_ws(' ', account.username, account.full_name, account.email))) > 0
            ORDER BY account.username
            LIMIT :limit
            """
        ),
        {"query": query, "after": after, "limit": limit},
    )
    return [User(**row._mapping) for row in rows]  # noqa: SLF001 - SQLAlchemy's public name for it


def everything_of(connection: Connection, user_id: int) -> dict[str, Any]:
    """Return what this service holds of an account besides the account itself, secrets left out."""
    rows = {
        "linked_accounts": "SELECT 'google' AS provider, google_sub AS id FROM hub_users "
        "WHERE id = :user_id AND google_sub IS NOT NULL "
        "UNION ALL SELECT 'github', github_id::text FROM hub_users WHERE id = :user_id AND github_id IS NOT NULL",
        "sessions": "SELECT id, created_at, refreshed_at, expires_at, ended_at, address, user_agent FROM hub_sessions "
        "WHERE user_id = :user_id ORDER BY id",
        "tokens": "SELECT name, prefix, scopes, created_at, expires_at, last_used_at FROM auth_tokens "
        "WHERE user_id = :user_id ORDER BY id",
        "events": "SELECT created_at, event, address, details FROM auth_events WHERE user_id = :user_id ORDER BY id",
    }
    return {
        name: [dict(row._mapping) for row in connection.execute(text(query), {"user_id": user_id})]  # noqa: SLF001 - see above
        for name, query in rows.items()
    }
