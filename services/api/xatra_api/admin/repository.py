"""All SQL about administrators and what they set. Every function works inside the caller's transaction; none commits."""

from dataclasses import dataclass
from typing import Any

from psycopg.types.json import Jsonb
from sqlalchemy import Connection, text


@dataclass(frozen=True, slots=True)
class User:
    """An account, as far as the api may know it."""

    id: int
    is_trusted: bool


def is_admin(connection: Connection, user_id: int) -> bool:
    """Tell whether a user administrates now."""
    found = connection.execute(
        text("SELECT is_admin AND disabled_at IS NULL FROM hub_users WHERE id = :user_id"), {"user_id": user_id}
    )
    return found.scalar_one_or_none() is True


def find_user(connection: Connection, username: str) -> User | None:
    """Return the account of a user name."""
    row = connection.execute(
        text("SELECT id, is_trusted FROM hub_users WHERE username = :username"), {"username": username}
    ).one_or_none()
    return None if row is None else User(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it


def get_setting(connection: Connection, name: str) -> dict[str, Any]:
    """Return what administrators set under a name; nothing as long as they have not."""
    found = connection.execute(text("SELECT value FROM settings WHERE name = :name"), {"name": name})
    return found.scalar_one_or_none() or {}


def set_setting(connection: Connection, name: str, value: dict[str, Any]) -> None:
    """Set something."""
    connection.execute(
        text(
            """
            INSERT INTO settings (name, value) VALUES (:name, :value)
            ON CONFLICT (name) DO UPDATE SET value = excluded.value, changed_at = now()
            """
        ),
        {"name": name, "value": Jsonb(value)},
    )
