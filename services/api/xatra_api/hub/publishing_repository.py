"""All SQL by which works are published. Every function works inside the caller's transaction; none commits."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from psycopg.types.json import Jsonb
from sqlalchemy import Connection, text

from xatra_api.hub.works import Kind
from xatra_api.imports.service import ResolvedImport
from xatra_shared.bundles import Bundle, Part


@dataclass(frozen=True, slots=True)
class Source:
    """An alpha, and the latest version of its work; nothing else decides what is published.

    Attributes:
        id: The work.
        user_id: Its author.
        kind: Of the work.
        name: Of the work.
        alpha_version: Which save this is.
        content: Python source.
        files: Name by which it reads a file -> sha256.
        metadata: The client's own.
        library_id: A map's library.
        theme_id: A map's theme.
        latest_version: The latest version; 0: there is none.
        latest_id: Its row; None: there is none.
        latest_content: Its program.
        latest_files: The files that it reads.
        latest_hash: See `content_hash`.
    """

    id: int
    user_id: int | None
    kind: Kind
    name: str
    alpha_version: int
    content: str
    files: dict[str, str]
    metadata: dict[str, Any]
    library_id: int | None
    theme_id: int | None
    latest_version: int
    latest_id: int | None
    latest_content: str | None
    latest_files: dict[str, str] | None
    latest_hash: str | None


@dataclass(frozen=True, slots=True)
class Edition:
    """A work as it is published: its next version, or the latest, which says the same.

    Attributes:
        source: What it is made of.
        number: Of the version.
        content: The program, its imports pinned.
        content_hash: See `works.content_hash`.
        files: Name by which program, library and theme read a file -> sha256.
        bundle: All that the program imports.
        imports: What it imports itself.
    """

    source: Source
    number: int
    content: str
    content_hash: str
    files: dict[str, str]
    bundle: Bundle
    imports: Sequence[ResolvedImport]

    @property
    def is_new(self) -> bool:
        """Whether the version is yet to be made."""
        return self.number > self.source.latest_version

    @property
    def part(self) -> Part:
        """What it is in the bundle of a map to which it belongs."""
        return {"name": f"/{self.source.kind}/{self.source.name}/{self.number}", "source": self.content}


def lock_works(connection: Connection, work_ids: Collection[int]) -> None:
    """Keep everyone else from changing works until the end of the transaction; everyone locks them in one order."""
    connection.execute(
        text("SELECT FROM hub_artifacts WHERE id = ANY(:ids) ORDER BY id FOR NO KEY UPDATE"), {"ids": list(work_ids)}
    )


def get_sources(connection: Connection, work_ids: Collection[int]) -> dict[int, Source]:
    """Return what decides about publishing works, by their numbers."""
    rows = connection.execute(
        text(
            """
            SELECT work.id, work.user_id, work.kind, work.name, work.alpha_version, work.alpha_content AS content,
                   work.alpha_files AS files, work.alpha_metadata AS metadata, work.library_id, work.theme_id,
                   work.latest_version, latest.id AS latest_id, latest.content AS latest_content,
                   latest.files AS latest_files, latest.content_hash AS latest_hash
            FROM hub_artifacts work
            LEFT JOIN hub_artifact_versions latest
                ON latest.artifact_id = work.id AND latest.version = work.latest_version
            WHERE work.id = ANY(:ids)
            """
        ),
        {"ids": list(work_ids)},
    )
    return {row["id"]: Source(**row) for row in rows.mappings()}


def add_version(connection: Connection, edition: Edition, *, library_id: int | None, theme_id: int | None) -> int:
    """Insert a work's next version, which is its latest from now on, and return its row's number.

    Args:
        connection: In whose transaction.
        edition: The version.
        library_id: Row of its library's version.
        theme_id: Row of its theme's version.
    """
    source = edition.source
    version_id = connection.execute(
        text(
            """
            INSERT INTO hub_artifact_versions (
                artifact_id, version, content, content_hash, files, metadata, bundle,
                library_version_id, theme_version_id, wants_artefact)
            VALUES (
                :work_id, :number, :content, :content_hash, :files, :metadata, :bundle,
                :library_id, :theme_id, :wants_artefact)
            RETURNING id
            """
        ),
        {
            "work_id": source.id,
            "number": edition.number,
            "content": edition.content,
            "content_hash": edition.content_hash,
            "files": Jsonb(edition.files),
            "metadata": Jsonb(source.metadata),
            "bundle": Jsonb(edition.bundle),
            "library_id": library_id,
            "theme_id": theme_id,
            "wants_artefact": source.kind == "map",
        },
    ).scalar_one()
    connection.execute(
        text(
            "UPDATE hub_artifacts SET latest_version = :number, published_at = now(), updated_at = now() WHERE id = :id"
        ),
        {"id": source.id, "number": edition.number},
    )
    return int(version_id)
