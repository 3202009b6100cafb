"""All SQL about ID tokens that were used. Works inside the caller's transaction."""

from datetime import datetime

from sqlalchemy import Connection, text

_KEEP_EXPIRED = "1 hour"  # should the database's clock be ahead of ours


def use(connection: Connection, digest: str, *, expires_at: datetime) -> bool:
    """Note that a token was used, and tell whether it was the first time; two who try at once take turns."""
    connection.execute(
        text(
            f"""
            DELETE FROM auth_used_id_tokens WHERE token_hash IN (
                SELECT token_hash FROM auth_used_id_tokens WHERE expires_at < now() - interval '{_KEEP_EXPIRED}'
                FOR UPDATE SKIP LOCKED
            )
            """
        )
    )
    used = connection.execute(
        text(
            """
            INSERT INTO auth_used_id_tokens (token_hash, expires_at) VALUES (:digest, :expires_at)
            ON CONFLICT DO NOTHING
            """
        ),
        {"digest": digest, "expires_at": expires_at},
    )
    return used.rowcount > 0
