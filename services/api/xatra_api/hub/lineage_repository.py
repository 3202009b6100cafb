"""All SQL about what works were made from, and which import which. Every function works inside the caller's transaction."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, text

from xatra_api.hub.schemas import EventBody, ImportBody, ImporterBody, LinkBody, OutdatedImporterBody
from xatra_api.hub.works import Kind

_SHOWN: Final = 100


@dataclass(frozen=True, slots=True)
class PartWork:
    """The library or theme of a map, and the version of it that the map has; 0: it has none."""

    work_id: int
    user_id: int | None
    kind: Kind
    name: str
    hidden_reason: str | None
    version: int


def list_parts(connection: Connection, work_id: int, version: int | None) -> list[PartWork]:
    """Return the library and theme of a map's version; None: of its alpha."""
    rows = connection.execute(
        text(
            """
            SELECT part.id AS work_id, part.user_id, part.kind, part.name, part.hidden_reason, used.version
            FROM hub_artifact_versions whole
            JOIN hub_artifact_versions used ON used.id IN (whole.library_version_id, whole.theme_version_id)
            JOIN hub_artifacts part ON part.id = used.artifact_id
            WHERE whole.artifact_id = :id AND whole.version = :version
            UNION ALL
            SELECT part.id, part.user_id, part.kind, part.name, part.hidden_reason, part.latest_version
            FROM hub_artifacts whole JOIN hub_artifacts part ON part.id IN (whole.library_id, whole.theme_id)
            WHERE whole.id = :id AND CAST(:version AS bigint) IS NULL
            """
        ),
        {"id": work_id, "version": version},
    )
    return [PartWork(**row) for row in rows.mappings()]


def list_forks(connection: Connection, work_id: int, viewer_id: int | None) -> list[LinkBody]:
    """Return the newest forks of a work that are listed or the viewer's own."""
    rows = connection.execute(
        text(
            """
            SELECT fork.kind, fork.name, author.username AS author
            FROM hub_artifacts fork LEFT JOIN hub_users author ON author.id = fork.user_id
            WHERE fork.forked_from_id = :id AND (fork.listed OR fork.user_id = :viewer_id)
            ORDER BY fork.id DESC LIMIT :limit
            """
        ),
        {"id": work_id, "viewer_id": viewer_id, "limit": _SHOWN},
    )
    return [LinkBody.model_validate(dict(row)) for row in rows.mappings()]


def list_importers(
    connection: Connection, work_id: int, viewer_id: int | None, *, before: int | None = None, limit: int = _SHOWN
) -> list[tuple[int, ImporterBody]]:
    """Return works that import a work, the newest first, with their numbers: listed ones, and the viewer's own.

    What counts is a work's latest version; of the viewer's own that have none, the alpha.

    Args:
        connection: In whose transaction.
        work_id: What they import.
        viewer_id: Who asks; None: a guest.
        before: Number of the importer after which to go on; None: begin with the newest.
        limit: How many.
    """
    rows = connection.execute(
        text(
            """
            SELECT DISTINCT ON (importer.id) importer.id, importer.kind, importer.name, author.username AS author,
                   nullif(importer.latest_version, 0) AS version, used.imported_version
            FROM hub_imports used
            JOIN hub_artifacts importer ON importer.id = used.artifact_id AND importer.latest_version = used.version
            LEFT JOIN hub_users author ON author.id = importer.user_id
            WHERE used.imported_id = :id AND (importer.listed OR importer.user_id = :viewer_id)
              AND (CAST(:before AS bigint) IS NULL OR importer.id < :before)
            ORDER BY importer.id DESC, used.imported_version DESC
            LIMIT :limit
            """
        ),
        {"id": work_id, "viewer_id": viewer_id, "before": before, "limit": limit},
    )
    return [(row["id"], ImporterBody.model_validate(dict(row))) for row in rows.mappings()]


def list_outdated(connection: Connection, work_id: int, user_id: int) -> list[OutdatedImporterBody]:
    """Return works of a user whose latest versions have an older version of a work than its latest, the newest first."""
    rows = connection.execute(
        text(
            """
            WITH used (artifact_id, version, imported_version, via) AS (
                SELECT artifact_id, version, imported_version, 'import'
                FROM hub_imports WHERE imported_id = :id AND version > 0
                UNION ALL
                SELECT whole.artifact_id, whole.version, part.version,
                       CASE part.id WHEN whole.library_version_id THEN 'library' ELSE 'theme' END
                FROM hub_artifact_versions part
                JOIN hub_artifact_versions whole ON whole.library_version_id = part.id OR whole.theme_version_id = part.id
                WHERE part.artifact_id = :id
            )
            SELECT importer.kind, importer.name, author.username AS author, via, used.version, used.imported_version
            FROM used
            JOIN hub_artifacts importer ON importer.id = used.artifact_id AND importer.latest_version = used.version
            JOIN hub_users author ON author.id = importer.user_id
            JOIN hub_artifacts imported ON imported.id = :id
            WHERE importer.user_id = :user_id AND used.imported_version < imported.latest_version
            ORDER BY importer.id DESC, used.imported_version
            """
        ),
        {"id": work_id, "user_id": user_id},
    )
    return [OutdatedImporterBody.model_validate(dict(row)) for row in rows.mappings()]


def list_imports(connection: Connection, work_id: int, version: int, viewer_id: int | None) -> list[ImportBody]:
    """Return what a version imports, 0 being the alpha; not what is private by now, and somebody else's."""
    rows = connection.execute(
        text(
            """
            SELECT used.path, imported.kind, imported.name, used.imported_version AS version, imported.latest_version,
                   imported.hidden_reason
            FROM hub_imports used JOIN hub_artifacts imported ON imported.id = used.imported_id
            WHERE used.artifact_id = :id AND used.version = :version
              AND (imported.visibility <> 'private' OR imported.user_id = :viewer_id)
            ORDER BY used.path LIMIT :limit
            """
        ),
        {"id": work_id, "version": version, "viewer_id": viewer_id, "limit": _SHOWN},
    )
    return [ImportBody.model_validate(dict(row)) for row in rows.mappings()]


def list_events(connection: Connection, work_id: int) -> list[EventBody]:
    """Return what happened to a work, the newest first."""
    rows = connection.execute(
        text(
            """
            SELECT event, at, version FROM (
                SELECT CASE WHEN forked_from_id IS NULL THEN 'created' ELSE 'forked' END AS event,
                       created_at AS at, NULL AS version, 0 AS place
                FROM hub_artifacts WHERE id = :id
                UNION ALL
                SELECT 'published', created_at, version, version FROM hub_artifact_versions WHERE artifact_id = :id
                UNION ALL
                SELECT 'hidden', hidden_at, NULL, NULL FROM hub_artifacts WHERE id = :id AND hidden_at IS NOT NULL
                UNION ALL
                SELECT 'disassociated', disassociated_at, NULL, NULL
                FROM hub_artifacts WHERE id = :id AND disassociated_at IS NOT NULL
            ) events
            ORDER BY at DESC, place DESC LIMIT :limit
            """
        ),
        {"id": work_id, "limit": _SHOWN},
    )
    return [EventBody.model_validate(dict(row)) for row in rows.mappings()]
