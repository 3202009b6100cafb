"""All SQL about what administrators turn on and off. Every function works inside the caller's transaction."""

from typing import Final

from sqlalchemy import Connection, text

_REGISTRATION: Final = "registration"


def is_registration_open(connection: Connection) -> bool:
    """Tell whether administrators let strangers sign up, which they do unless they said otherwise."""
    found = connection.execute(text("SELECT is_on FROM auth_switches WHERE name = :name"), {"name": _REGISTRATION})
    return found.scalar_one_or_none() is not False


def set_registration(connection: Connection, *, is_open: bool) -> None:
    """Let strangers sign up, or not."""
    connection.execute(
        text(
            """
            INSERT INTO auth_switches (name, is_on) VALUES (:name, :is_on)
            ON CONFLICT (name) DO UPDATE SET is_on = excluded.is_on
            """
        ),
        {"name": _REGISTRATION, "is_on": is_open},
    )
