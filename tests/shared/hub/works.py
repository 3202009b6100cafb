"""Works, their authors and versions, as they stand in the database."""

import hashlib
import json
from itertools import count
from typing import Any

from sqlalchemy import Engine, Row, text

_numbers = count(1)


def digest(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


class Works:
    """Short words for what tests put into the hub as the role that owns the database; each call is a transaction."""

    def __init__(self, owner: Engine) -> None:
        self._owner = owner

    def sign_up(self, username: str) -> int:
        """Make an account, and return its number."""
        return self._insert("hub_users", username=username)

    def make(self, name: str | None = None, *, kind: str = "map", public: bool = True, **columns: object) -> int:
        """Make a work, and return its number; without a name it has one that nobody knows."""
        name = name or f"work_{next(_numbers)}"
        self._do(
            "INSERT INTO hub_artifact_names (kind, name, user_id, public_at)"
            " VALUES (:kind, :name, :user_id, CASE WHEN :public THEN now() END)",
            kind=kind,
            name=name,
            user_id=columns.get("user_id"),
            public=public,
        )
        columns = {"alpha_hash": digest(name), "search_text": name} | columns
        work_id = self._insert("hub_artifacts", kind=kind, name=name, **columns)
        self._do(
            "UPDATE hub_artifact_names SET artifact_id = :id WHERE kind = :kind AND name = :name",
            id=work_id,
            kind=kind,
            name=name,
        )
        return work_id

    def publish(
        self,
        content: str,
        *,
        work_id: int | None = None,
        wants_artefact: bool = True,
        files: dict[str, str] | None = None,
        **columns: object,
    ) -> int:
        """Publish a version of a work, of a new one if none is named, and return the version's number in its table."""
        work_id = work_id or self.make()
        self._do(
            "UPDATE hub_artifacts SET latest_version = latest_version + 1, published_at = now() WHERE id = :id",
            id=work_id,
        )
        version = self.value("SELECT latest_version FROM hub_artifacts WHERE id = :id", id=work_id)
        version_id = self._insert(
            "hub_artifact_versions",
            artifact_id=work_id,
            version=version,
            content=content,
            content_hash=digest(content),
            files=json.dumps(files or {}),
            wants_artefact=wants_artefact,
            **columns,
        )
        for sha256 in (files or {}).values():
            self._do(
                "INSERT INTO hub_files VALUES (:id, :version, :sha256)", id=work_id, version=version, sha256=sha256
            )
        return version_id

    def version(self, version_id: int) -> Row[Any]:
        """Return a version's row."""
        with self._owner.connect() as connection:
            return connection.execute(
                text("SELECT * FROM hub_artifact_versions WHERE id = :id"), {"id": version_id}
            ).one()

    def value(self, query: str, **values: object) -> Any:  # noqa: ANN401 - whatever it is
        """Return the only value of a query's only row."""
        with self._owner.connect() as connection:
            return connection.execute(text(query), values).scalar_one()

    def _insert(self, table: str, **columns: object) -> int:
        values = ", ".join(f":{name}" for name in columns)
        return self.change(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({values}) RETURNING id", **columns)

    def change(self, statement: str, **values: object) -> Any:  # noqa: ANN401 - whatever it is
        """Change something, and return the only value that comes back."""
        with self._owner.begin() as connection:
            return connection.execute(text(statement), values).scalar_one()

    def _do(self, statement: str, **values: object) -> None:
        with self._owner.begin() as connection:
            connection.execute(text(statement), values)
