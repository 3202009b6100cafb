"""All SQL about artefacts over HTTP."""

from sqlalchemy import Connection, text


def touch(connection: Connection, sha256: str) -> None:
    """Keep a map that somebody looks at from retention's hands."""
    # A mark is taken back at once; otherwise the hour is exact enough and spares most readers a write.
    connection.execute(
        text(
            """
            UPDATE artefacts SET last_used_at = now(), marked_at = NULL
            WHERE sha256 = :sha256 AND (marked_at IS NOT NULL OR last_used_at < now() - interval '1 hour')
            """
        ),
        {"sha256": sha256},
    )
