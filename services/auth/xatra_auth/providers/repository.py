"""All SQL about accounts elsewhere. Every function works inside the caller's transaction; none commits."""

from typing import Final

from sqlalchemy import Connection, text

from xatra_auth.providers.identities import Identity, Provider

_COLUMNS: Final = {Provider.GOOGLE: "google_sub", Provider.GITHUB: "github_id"}
_TURNS_LOCK: Final = 7_264_301  # any number that nobody else takes


def take_turns(connection: Connection) -> None:
    """Let nobody else connect accounts elsewhere with accounts of ours until the transaction ends.

    It is taken before any lock on an account.
    """
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _TURNS_LOCK})


def find(connection: Connection, identity: Identity) -> int | None:
    """Return the number of the account that an account elsewhere is linked to, if it is to any."""
    found = connection.execute(
        text(f"SELECT id FROM hub_users WHERE {_COLUMNS[identity.provider]} = :subject"), {"subject": identity.subject}
    )
    return found.scalar_one_or_none()


def link(connection: Connection, user_id: int, identity: Identity) -> bool:
    """Link an account elsewhere, which must be linked to none, unless the user has another there; tell which."""
    column = _COLUMNS[identity.provider]
    result = connection.execute(
        text(f"UPDATE hub_users SET {column} = :subject WHERE id = :user_id AND {column} IS NULL"),
        {"user_id": user_id, "subject": identity.subject},
    )
    return result.rowcount > 0


def unlink(connection: Connection, user_id: int, provider: Provider) -> bool:
    """Unlink a user's account elsewhere, if there is one and another way in is left; tell whether that was so."""
    column = _COLUMNS[provider]
    others = " OR ".join(f"{other} IS NOT NULL" for other in _COLUMNS.values() if other != column)
    result = connection.execute(
        text(
            f"""
            UPDATE hub_users SET {column} = NULL
            WHERE id = :user_id AND {column} IS NOT NULL
              AND ({others} OR EXISTS (SELECT 1 FROM auth_credentials WHERE user_id = hub_users.id))
            """
        ),
        {"user_id": user_id},
    )
    return result.rowcount > 0


def is_linked(connection: Connection, user_id: int, provider: Provider) -> bool:
    """Tell whether a user has linked an account of a provider."""
    found = connection.execute(
        text(f"SELECT {_COLUMNS[provider]} IS NOT NULL FROM hub_users WHERE id = :user_id"), {"user_id": user_id}
    )
    return bool(found.scalar_one_or_none())
