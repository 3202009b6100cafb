"""Works in the database, as publishing leaves them there."""

import hashlib
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, text

from xatra_api.explore.words import words_of

type AddWork = Callable[..., int]

DIGEST = hashlib.sha256(b"").hexdigest()


def add_work(
    connection: Connection,
    name: str,
    *,
    user_id: int | None = None,
    kind: str = "map",
    **columns: Any,  # noqa: ANN401 - of any type that columns have
) -> int:
    """Add a work that is published unless `latest_version` says otherwise, and return its number."""
    row = {
        "kind": kind,
        "name": name,
        "user_id": user_id,
        "alpha_hash": DIGEST,
        "latest_version": 1,
        "published_at": "2026-01-01T00:00:00Z",
        "search_text": " ".join(words_of(f"{name} {columns.get('description', '')}")),
        **columns,
    }
    if not row["latest_version"]:
        row["published_at"] = None
    names = ", ".join(row)
    values = ", ".join(f":{column}" for column in row)
    work_id: int = connection.execute(
        text(f"INSERT INTO hub_artifacts ({names}) VALUES ({values}) RETURNING id"), row
    ).scalar_one()
    connection.execute(
        text("INSERT INTO hub_artifact_names (kind, name, artifact_id) VALUES (:kind, :name, :id)"),
        {"kind": kind, "name": name, "id": work_id},
    )
    return work_id
