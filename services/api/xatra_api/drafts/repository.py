"""All SQL about drafts. Every function works inside the caller's transaction; none commits."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import orjson
from psycopg.types.json import Jsonb
from sqlalchemy import Connection, text

from xatra_shared.queue.repository import lock

CURRENT: Final = "current"

# Versions begin with the time, so that a draft's are never those of another one that was here before.
_FIRST_VERSION: Final = "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint)"
_SUMMARY: Final = "id, coalesce(project ->> 'name', '') AS name, version, size_bytes, updated_at"


@dataclass(frozen=True, slots=True)
class Summary:
    """A draft, without what it says.

    Attributes:
        id: `current`, or that of one that was set aside.
        name: What it may be called some day.
        version: Grows with every save.
        size_bytes: Of all that it says.
        updated_at: When it was saved last.
    """

    id: str
    name: str
    version: int
    size_bytes: int
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft: what it says, as far as it was ever sent.

    Attributes:
        summary: All but what it says.
        fields: What is ours.
        state: The client's own object, as JSON; None: it was never sent.
    """

    summary: Summary
    fields: dict[str, Any]
    state: str | None


def find_draft(connection: Connection, owner: str, draft_id: str) -> Draft | None:
    """Return a draft of somebody's."""
    row = connection.execute(
        text(
            f"""
            SELECT {_SUMMARY}, project - 'state' AS fields, project ->> 'state' AS state
            FROM hub_drafts WHERE owner_key = :owner AND id = :id
            """
        ),
        {"owner": owner, "id": draft_id},
    ).one_or_none()
    return None if row is None else Draft(Summary(*row[:-2]), row.fields, row.state)


def lock_draft(connection: Connection, owner: str, draft_id: str) -> Summary | None:
    """Return a draft of somebody's without what it says; it stays locked until the end of the transaction."""
    row = connection.execute(
        text(f"SELECT {_SUMMARY} FROM hub_drafts WHERE owner_key = :owner AND id = :id FOR UPDATE"),
        {"owner": owner, "id": draft_id},
    ).one_or_none()
    return None if row is None else Summary(*row)


def list_drafts(connection: Connection, owner: str) -> list[Summary]:
    """Return somebody's drafts without what they say: the current one, then the others, the newest first."""
    rows = connection.execute(
        text(
            f"SELECT {_SUMMARY} FROM hub_drafts WHERE owner_key = :owner ORDER BY id <> 'current', updated_at DESC, id"
        ),
        {"owner": owner},
    )
    return [Summary(*row) for row in rows]


def lock_owner(connection: Connection, owner: str) -> None:
    """Let whoever makes, moves or adds up drafts of an owner take turns, until the end of the transaction."""
    lock(connection, f"drafts:{owner}")


def save_draft(connection: Connection, owner: str, network: str | None, changes: dict[str, Any]) -> Summary:
    """Save the current draft, which may be new, and return it without what it says.

    Args:
        connection: In whose transaction.
        owner: Whose it is.
        network: Of a guest; None: a user's.
        changes: Fields, and `state` as JSON; what is not among them stays as it is.
    """
    connection.execute(
        text(
            f"""
            INSERT INTO hub_drafts AS draft (owner_key, project, network, version)
            VALUES (:owner, :changes, :network, {_FIRST_VERSION})
            ON CONFLICT (owner_key, id) DO UPDATE SET
                project = draft.project || excluded.project, network = excluded.network,
                version = draft.version + 1, updated_at = now()
            """
        ),
        {"owner": owner, "network": network, "changes": Jsonb(changes, dumps=orjson.dumps)},
    )
    row = connection.execute(
        text(
            f"""
            UPDATE hub_drafts SET
                file_sha256s = ARRAY(SELECT value FROM jsonb_each_text(coalesce(project -> 'files', '{{}}'))),
                size_bytes = octet_length((project - 'state')::text) + coalesce(octet_length(project ->> 'state'), 0)
            WHERE owner_key = :owner AND id = 'current'
            RETURNING {_SUMMARY}
            """
        ),
        {"owner": owner},
    ).one()
    return Summary(*row)


def sum_of_network(connection: Connection, network: str) -> int:
    """Return how much the drafts of all guests of a network have together."""
    found = connection.execute(
        text("SELECT coalesce(sum(size_bytes), 0) FROM hub_drafts WHERE network = :network"), {"network": network}
    )
    return int(found.scalar_one())


def set_aside(connection: Connection, owner: str, draft_id: str) -> None:
    """Let the current draft be no longer the current one, if there is one."""
    _rename(connection, owner, CURRENT, draft_id)


def make_current(connection: Connection, owner: str, draft_id: str) -> None:
    """Let a draft be the current one, where there is none."""
    _rename(connection, owner, draft_id, CURRENT)


def delete_draft(connection: Connection, owner: str, draft_id: str) -> None:
    """Delete a draft."""
    connection.execute(
        text("DELETE FROM hub_drafts WHERE owner_key = :owner AND id = :id"), {"owner": owner, "id": draft_id}
    )


def _rename(connection: Connection, owner: str, draft_id: str, new_id: str) -> None:
    connection.execute(
        text("UPDATE hub_drafts SET id = :new_id WHERE owner_key = :owner AND id = :id"),
        {"owner": owner, "id": draft_id, "new_id": new_id},
    )
