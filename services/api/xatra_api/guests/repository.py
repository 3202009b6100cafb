"""All SQL that hands a guest's things over. Every function works inside the caller's transaction; none commits."""

from sqlalchemy import Connection, text


def waiting_for(connection: Connection, user_id: int) -> list[str]:
    """Return the guests who became this user and whose things are still theirs; they stay locked."""
    rows = connection.execute(
        text(
            """
            SELECT guest_id FROM guest_became_user
            WHERE user_id = :user_id AND handed_over_at IS NULL
            ORDER BY guest_id FOR NO KEY UPDATE
            """
        ),
        {"user_id": user_id},
    )
    return list(rows.scalars())


def hand_over_renders(connection: Connection, guest: str, user: str) -> None:
    """Let renders that a caller waits for be another's, who is its own network; a key that it has used stays behind."""
    connection.execute(
        text(
            """
            UPDATE render_waiters waiter SET caller = :user, address = :user
            WHERE caller = :guest AND detached_at IS NULL
              AND NOT EXISTS (
                  SELECT 1 FROM render_waiters own
                  WHERE own.caller = :user AND own.idempotency_key = waiter.idempotency_key
              )
            """
        ),
        {"guest": guest, "user": user},
    )


def hand_over_files(connection: Connection, guest: str, user: str) -> None:
    """Let a caller's files be another's."""
    callers = {"guest": guest, "user": user}
    connection.execute(
        text(
            """
            INSERT INTO file_owners (caller, address, sha256, created_at)
            SELECT :user, :user, sha256, created_at FROM file_owners WHERE caller = :guest
            ON CONFLICT DO NOTHING
            """
        ),
        callers,
    )
    connection.execute(text("DELETE FROM file_owners WHERE caller = :guest"), callers)


def hand_over_draft(connection: Connection, guest: str, user: str, *, set_aside_as: str) -> None:
    """Let a caller's draft be another's current one; where they have one, it is set aside, and both stay."""
    connection.execute(
        text(
            """
            UPDATE hub_drafts SET
                owner_key = :user, network = NULL,
                id = CASE WHEN EXISTS (SELECT FROM hub_drafts own WHERE own.owner_key = :user AND own.id = 'current')
                          THEN :set_aside_as ELSE 'current' END
            WHERE owner_key = :guest
            """
        ),
        {"guest": guest, "user": user, "set_aside_as": set_aside_as},
    )


def mark_handed_over(connection: Connection, guest_id: str) -> None:
    """Note that nothing is this guest's any more."""
    connection.execute(
        text("UPDATE guest_became_user SET handed_over_at = now() WHERE guest_id = :guest_id"), {"guest_id": guest_id}
    )
