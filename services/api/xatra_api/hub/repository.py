"""All SQL about works and their alphas. Every function works inside the caller's transaction; none commits."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from psycopg.types.json import Jsonb
from sqlalchemy import Connection, RowMapping, text

from xatra_api.hub.schemas import AlphaBody
from xatra_api.hub.works import Kind, Visibility, content_hash, search_text_of
from xatra_api.imports.service import ResolvedImport

_SAVES_KEPT: Final = 50
_VERSIONS_SHOWN: Final = 100

# Of rows `version` and `job`: the artefact of a version, else what its render has come to by now. What fails through our
# fault is tried again, so that it is still pending.
_ARTEFACT: Final = """
    version.wants_artefact,
    coalesce(version.artefact_sha256, job.artefact_sha256) AS artefact_sha256,
    coalesce(version.artefact_error, CASE WHEN job.error ->> 'by' <> 'service' THEN job.error END) AS artefact_error,
    CASE WHEN version.job_id IS NULL AND version.artefact_due_at > now() THEN version.artefact_due_at END AS postponed_until
"""

# Of rows `work` and `part`, its library or theme: who gave a map up is not to be found by what belonged to it.
_SHOWN_PART: Final = "work.user_id IS NOT NULL OR part.user_id IS NULL"


@dataclass(frozen=True, slots=True)
class Alpha:
    """What an author saves.

    Attributes:
        content: Python source, perhaps half-written.
        files: Name by which the program reads a file -> sha256.
        metadata: The client's own.
        library_id: A map's own library.
        theme_id: A map's own theme.
    """

    content: str
    files: dict[str, str]
    metadata: dict[str, Any]
    library_id: int | None
    theme_id: int | None


@dataclass(frozen=True, slots=True)
class About:
    """What an author says of a work, and who may see it."""

    description: str
    display_type: str
    visibility: Visibility


@dataclass(frozen=True, slots=True)
class Artefact:
    """How far the map of a version is: `sha256` where it is ready, `error` where there will be none.

    Its render is not asked for before `postponed_until`, where that is known.
    """

    is_wanted: bool
    sha256: str | None
    error: dict[str, Any] | None
    postponed_until: datetime | None


@dataclass(frozen=True, slots=True)
class Version:
    """A published version, without what it says."""

    number: int
    created_at: datetime
    artefact: Artefact


@dataclass(frozen=True, slots=True)
class Part:
    """The library or theme of a map's version; `name` is None where it is not to be shown."""

    name: str | None
    version: int
    content: str


@dataclass(frozen=True, slots=True)
class VersionContent:
    """A published version with what it says."""

    version: Version
    content: str
    files: dict[str, str]
    metadata: dict[str, Any]
    library: Part | None
    theme: Part | None


# --- a work ---


def add_work(
    connection: Connection,
    kind: Kind,
    name: str,
    user_id: int,
    *,
    alpha: Alpha,
    about: About,
    forked_from: tuple[int, int | None] | None,
) -> int:
    """Insert a work that nobody but its author has voted for yet, and return its number.

    Args:
        connection: In whose transaction.
        kind: Of the work.
        name: Which has been taken.
        user_id: Its author.
        alpha: What it says.
        about: What is said of it.
        forked_from: Number of the work from which it was made, and the version, None for its alpha.
    """
    source_id, source_version = forked_from or (None, None)
    work_id = connection.execute(
        text(
            """
            INSERT INTO hub_artifacts (
                kind, name, user_id, description, display_type, visibility, search_text, alpha_content, alpha_files,
                alpha_metadata, alpha_hash, library_id, theme_id, forked_from_id, forked_from_version, votes)
            VALUES (
                :kind, :name, :user_id, :description, :display_type, :visibility, :search_text, :content, :files,
                :metadata, :hash, :library_id, :theme_id, :source_id, :source_version, 1)
            RETURNING id
            """
        ),
        {
            "kind": kind,
            "name": name,
            "user_id": user_id,
            "search_text": search_text_of(name, about.description),
            "source_id": source_id,
            "source_version": source_version,
            **asdict(about),
            **_columns(alpha),
        },
    ).scalar_one()
    connection.execute(
        text("INSERT INTO hub_votes (artifact_id, user_id) VALUES (:work_id, :user_id)"),
        {"work_id": work_id, "user_id": user_id},
    )
    return int(work_id)


def get_stored(connection: Connection, work_id: int) -> tuple[Alpha, About]:
    """Return what a work says and what is said of it."""
    row = connection.execute(
        text(
            """
            SELECT alpha_content AS content, alpha_files AS files, alpha_metadata AS metadata, library_id, theme_id,
                   description, display_type, visibility
            FROM hub_artifacts WHERE id = :id
            """
        ),
        {"id": work_id},
    ).one()
    return Alpha(*row[:5]), About(*row[5:])


def set_about(connection: Connection, work_id: int, name: str, about: About) -> None:
    """Change what is said of a work."""
    connection.execute(
        text(
            """
            UPDATE hub_artifacts SET
                name = :name, description = :description, display_type = :display_type, visibility = :visibility,
                search_text = :search_text, updated_at = now()
            WHERE id = :id
            """
        ),
        {"id": work_id, "name": name, "search_text": search_text_of(name, about.description), **asdict(about)},
    )


def delete_work(connection: Connection, work_id: int) -> None:
    """Delete a work that has no version; its names lead nowhere then."""
    connection.execute(text("DELETE FROM hub_artifacts WHERE id = :id"), {"id": work_id})


def disassociate(connection: Connection, work_id: int) -> None:
    """Let a work be nobody's, and drop what may tell whose it was."""
    connection.execute(
        text(
            """
            UPDATE hub_artifacts SET
                user_id = NULL, disassociated_at = now(), alpha_metadata = '{}', updated_at = now()
            WHERE id = :id
            """
        ),
        {"id": work_id},
    )
    connection.execute(text("DELETE FROM hub_alpha_saves WHERE artifact_id = :id"), {"id": work_id})


# --- its alpha ---


def save_alpha(connection: Connection, work_id: int, alpha: Alpha) -> None:
    """Save an alpha, and keep what it said before as a base for merges; only the newest are kept."""
    connection.execute(
        text(
            """
            WITH kept AS (
                INSERT INTO hub_alpha_saves (artifact_id, alpha_version, content)
                SELECT id, alpha_version, alpha_content FROM hub_artifacts WHERE id = :id
            ),
            pruned AS (
                DELETE FROM hub_alpha_saves save USING hub_artifacts work
                WHERE work.id = :id AND save.artifact_id = work.id
                  AND save.alpha_version <= work.alpha_version - :saves_kept
            )
            UPDATE hub_artifacts SET
                alpha_content = :content, alpha_files = :files, alpha_metadata = :metadata, alpha_hash = :hash,
                library_id = :library_id, theme_id = :theme_id,
                alpha_version = alpha_version + 1, alpha_updated_at = now(), updated_at = now()
            WHERE id = :id
            """
        ),
        {"id": work_id, "saves_kept": _SAVES_KEPT, **_columns(alpha)},
    )


def get_base(connection: Connection, work_id: int, alpha_version: int) -> str | None:
    """Return what an alpha said at an earlier save; None where that is not kept."""
    return connection.execute(
        text("SELECT content FROM hub_alpha_saves WHERE artifact_id = :id AND alpha_version = :alpha_version"),
        {"id": work_id, "alpha_version": alpha_version},
    ).scalar_one_or_none()


def keep_files(connection: Connection, work_id: int, version: int, sha256s: Collection[str]) -> None:
    """Keep the files that a version reads, 0 being the alpha, for as long as it does."""
    values = {"work_id": work_id, "version": version, "sha256s": sorted(set(sha256s))}
    connection.execute(text("DELETE FROM hub_files WHERE artifact_id = :work_id AND version = :version"), values)
    connection.execute(
        text(
            "INSERT INTO hub_files (artifact_id, version, sha256) SELECT :work_id, :version, unnest(CAST(:sha256s AS text[]))"
        ),
        values,
    )


def note_imports(connection: Connection, work_id: int, version: int, imports: Collection[ResolvedImport]) -> None:
    """Note what a version imports, 0 being the alpha; not what has just been deleted."""
    values = {
        "work_id": work_id,
        "version": version,
        "paths": [found.path for found in imports],
        "work_ids": [found.work_id for found in imports],
        "versions": [found.version if found.is_pinned else None for found in imports],
    }
    connection.execute(text("DELETE FROM hub_imports WHERE artifact_id = :work_id AND version = :version"), values)
    connection.execute(
        text(
            """
            INSERT INTO hub_imports (artifact_id, version, path, imported_id, imported_version)
            SELECT :work_id, :version, path, imported.id, imported_version
            FROM unnest(CAST(:paths AS text[]), CAST(:work_ids AS bigint[]), CAST(:versions AS bigint[]))
                AS found(path, imported_id, imported_version)
            JOIN hub_artifacts imported ON imported.id = imported_id
            FOR KEY SHARE OF imported
            """
        ),
        values,
    )


# --- what is told of it ---


def get_work(connection: Connection, work_id: int, viewer_id: int | None) -> dict[str, Any]:
    """Return what a `WorkBody` says, but for the alpha, the versions, and the picture, which is there by its hash.

    Args:
        connection: In whose transaction.
        work_id: The work.
        viewer_id: Who asks; None: a guest.
    """
    row = connection.execute(
        text(
            f"""
            SELECT work.id, work.kind, work.name, author.username AS author, work.visibility, work.featured,
                   work.description, work.display_type, work.thumbnail_sha256, work.latest_version, work.votes,
                   work.views, work.hidden_reason, work.created_at, work.updated_at,
                   work.user_id IS NULL AS disassociated,
                   (SELECT part.name FROM hub_artifacts part WHERE part.id = work.library_id AND ({_SHOWN_PART})) AS library,
                   (SELECT part.name FROM hub_artifacts part WHERE part.id = work.theme_id AND ({_SHOWN_PART})) AS theme,
                   EXISTS (
                       SELECT FROM hub_votes vote WHERE vote.artifact_id = work.id AND vote.user_id = :viewer_id
                   ) AS viewer_voted,
                   (SELECT jsonb_build_object('kind', kind, 'name', name, 'version', work.forked_from_version)
                    FROM hub_artifacts source
                    WHERE source.id = work.forked_from_id AND (visibility <> 'private' OR user_id = :viewer_id)
                   ) AS forked_from
            FROM hub_artifacts work LEFT JOIN hub_users author ON author.id = work.user_id
            WHERE work.id = :id
            """
        ),
        {"id": work_id, "viewer_id": viewer_id},
    )
    return dict(row.mappings().one())


def get_alpha(connection: Connection, work_id: int) -> AlphaBody:
    """Return a work as it was last saved."""
    row = connection.execute(
        text(
            """
            SELECT alpha_version AS version, alpha_content AS content, alpha_files AS files,
                   CASE WHEN user_id IS NULL THEN '{}' ELSE alpha_metadata END AS metadata,
                   alpha_hash AS content_hash, alpha_updated_at AS updated_at
            FROM hub_artifacts WHERE id = :id
            """
        ),
        {"id": work_id},
    )
    return AlphaBody.model_validate(dict(row.mappings().one()))


def list_versions(connection: Connection, work_id: int) -> list[Version]:
    """Return the newest versions of a work, the newest first."""
    rows = connection.execute(
        text(
            f"""
            SELECT version.version, version.created_at, {_ARTEFACT}
            FROM hub_artifact_versions version LEFT JOIN render_jobs job ON job.id = version.job_id
            WHERE version.artifact_id = :id
            ORDER BY version.version DESC LIMIT :limit
            """
        ),
        {"id": work_id, "limit": _VERSIONS_SHOWN},
    )
    return [_version(row) for row in rows.mappings()]


def get_version(connection: Connection, work_id: int, number: int) -> VersionContent | None:
    """Return a published version; None where there is none of this number."""
    row = (
        connection.execute(
            text(
                f"""
                SELECT version.version, version.created_at, {_ARTEFACT}, version.content, version.files,
                       version.metadata,
                       library.version AS library_version, library.content AS library_content,
                       (SELECT part.name FROM hub_artifacts part
                        WHERE part.id = library.artifact_id AND ({_SHOWN_PART})) AS library_name,
                       theme.version AS theme_version, theme.content AS theme_content,
                       (SELECT part.name FROM hub_artifacts part
                        WHERE part.id = theme.artifact_id AND ({_SHOWN_PART})) AS theme_name
                FROM hub_artifact_versions version
                JOIN hub_artifacts work ON work.id = version.artifact_id
                LEFT JOIN render_jobs job ON job.id = version.job_id
                LEFT JOIN hub_artifact_versions library ON library.id = version.library_version_id
                LEFT JOIN hub_artifact_versions theme ON theme.id = version.theme_version_id
                WHERE version.artifact_id = :id AND version.version = :number
                """
            ),
            {"id": work_id, "number": number},
        )
        .mappings()
        .one_or_none()
    )
    if row is None:
        return None
    return VersionContent(
        _version(row), row["content"], row["files"], row["metadata"], _part(row, "library"), _part(row, "theme")
    )


def _version(row: RowMapping) -> Version:
    artefact = Artefact(row["wants_artefact"], row["artefact_sha256"], row["artefact_error"], row["postponed_until"])
    return Version(row["version"], row["created_at"], artefact)


def _part(row: RowMapping, role: str) -> Part | None:
    version = row[f"{role}_version"]
    return None if version is None else Part(row[f"{role}_name"], version, row[f"{role}_content"])


def _columns(alpha: Alpha) -> dict[str, Any]:
    return {
        "content": alpha.content,
        "files": Jsonb(alpha.files),
        "metadata": Jsonb(alpha.metadata),
        "hash": content_hash(alpha.content, alpha.files),
        "library_id": alpha.library_id,
        "theme_id": alpha.theme_id,
    }
