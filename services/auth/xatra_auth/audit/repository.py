"""All SQL about security events. Works inside the caller's transaction."""

from enum import StrEnum
from typing import Any

import structlog
from psycopg.types.json import Jsonb
from sqlalchemy import Connection, text

_log = structlog.get_logger(__name__)


class Event(StrEnum):
    """What is recorded."""

    SIGNED_UP = "signed-up"
    SIGNED_IN = "signed-in"
    SIGN_IN_FAILED = "sign-in-failed"
    SIGNED_OUT = "signed-out"
    SESSION_REVOKED = "session-revoked"
    REFRESH_TOKEN_REUSED = "refresh-token-reused"  # noqa: S105 - an event's name
    PASSWORD_CHANGED = "password-changed"  # noqa: S105 - an event's name
    PASSWORD_CHECK_FAILED = "password-check-failed"  # noqa: S105 - an event's name
    RESET_LINK_ISSUED = "reset-link-issued"
    PASSWORD_RESET = "password-reset"  # noqa: S105 - an event's name
    LINKED = "linked"
    UNLINKED = "unlinked"
    TOKEN_MADE = "token-made"  # noqa: S105 - an event's name
    TOKENS_REVOKED = "tokens-revoked"
    RENAMED = "renamed"
    DATA_DOWNLOADED = "data-downloaded"
    ACCOUNT_DELETED = "account-deleted"
    ACCOUNT_CHANGED = "account-changed"
    ADMIN_MADE = "admin-made"
    REGISTRATION_CHANGED = "registration-changed"


def record(
    connection: Connection,
    event: Event,
    *,
    user_id: int | None,
    address: str | None,
    actor_id: int | None = None,
    **details: object,
) -> None:
    """Record an event, here and in the log.

    Args:
        connection: In the transaction that does what is recorded.
        event: What happened.
        user_id: To whose account.
        address: The network from which it was done; None for the command line.
        actor_id: Who did it, if somebody else.
        details: More about it; never a secret.
    """
    _log.info("security event", security_event=event, user=user_id, actor=actor_id, address=address, **details)
    connection.execute(
        text(
            """
            INSERT INTO auth_events (event, user_id, actor_id, address, details)
            VALUES (:event, :user_id, :actor_id, :address, :details)
            """
        ),
        {"event": event, "user_id": user_id, "actor_id": actor_id, "address": address, "details": Jsonb(details)},
    )


def list_events(
    connection: Connection, *, user_id: int | None, event: Event | None, before: int | None, limit: int
) -> list[dict[str, Any]]:
    """Return events, the newest first.

    Args:
        connection: The transaction.
        user_id: Only those about this account.
        event: Only those of this kind.
        before: Only those with a lower number: the last number of the page before.
        limit: At most so many.
    """
    rows = connection.execute(
        text(
            """
            SELECT entry.id, entry.created_at, entry.event, entry.address, entry.details,
                   entry.user_id, about.username, entry.actor_id, actor.username AS actor
            FROM auth_events entry
            LEFT JOIN hub_users about ON about.id = entry.user_id
            LEFT JOIN hub_users actor ON actor.id = entry.actor_id
            WHERE (CAST(:user_id AS bigint) IS NULL OR entry.user_id = :user_id)
              AND (CAST(:event AS text) IS NULL OR entry.event = :event)
              AND (CAST(:before AS bigint) IS NULL OR entry.id < :before)
            ORDER BY entry.id DESC
            LIMIT :limit
            """
        ),
        {"user_id": user_id, "event": event, "before": before, "limit": limit},
    )
    return [dict(row._mapping) for row in rows]  # noqa: SLF001 - SQLAlchemy's public name for it
