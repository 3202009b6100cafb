"""All SQL by which imports are resolved."""

import hashlib
from collections.abc import Sequence
from typing import Final, NamedTuple

from sqlalchemy import Connection, text

from xatra_api.hub.works import Kind
from xatra_api.imports.paths import WorkPath

type Canonical = str
"""A work in an exact version: `/lib/NAME/3`, or `/lib/NAME/alpha@<first 16 digits of its content's sha256>`."""

_HASH_DIGITS: Final = 16


class Source(NamedTuple):
    """A work's alpha, or that of the library or theme that it has."""

    kind: Kind
    name: str
    content: str
    files: dict[str, str]
    hidden_reason: str | None

    @property
    def path(self) -> Canonical:
        """The canonical path."""
        digest = hashlib.sha256(self.content.encode()).hexdigest()
        return f"/{self.kind}/{self.name}/alpha@{digest[:_HASH_DIGITS]}"


class Target(NamedTuple):
    """Where a path leads.

    Attributes:
        work_id: The work, which the caller may see.
        kind: Of the work.
        name: That it has now.
        author: Name of its author; None: it has none any more.
        is_authors: Whether the author has, or had, the name that the path says, if it says one.
        latest_version: The newest published version; 0: none.
        version: The published version that is asked for; None: an alpha, or there is none such.
        version_id: Number of its row.
        hidden_reason: Why administrators have hidden the work; None: they have not.
    """

    work_id: int
    kind: Kind
    name: str
    author: str | None
    is_authors: bool
    latest_version: int
    version: int | None
    version_id: int | None
    hidden_reason: str | None


class Published(NamedTuple):
    """A published version that is imported, or is the library or theme of one that is.

    Attributes:
        version_id: Number of its row.
        work_id: The work.
        kind: Of the work.
        name: That it has now.
        version: Its number.
        hidden_reason: Why administrators have hidden the work; None: they have not.
        library_version_id: The library that it was published with.
        theme_version_id: The theme that it was published with.
        content: Its source; None: all of them together are too long.
        files: The files that it reads.
        imports: Path, work and version of each of its imports.
    """

    version_id: int
    work_id: int
    kind: Kind
    name: str
    version: int
    hidden_reason: str | None
    library_version_id: int | None
    theme_version_id: int | None
    content: str | None
    files: dict[str, str]
    imports: list[tuple[str, int, int | None]]

    @property
    def path(self) -> Canonical:
        """The canonical path."""
        return f"/{self.kind}/{self.name}/{self.version}"


class Alpha(NamedTuple):
    """An alpha that is imported, with what runs before it: library and theme."""

    work_id: int
    sources: list[Source]

    @property
    def own(self) -> Source:
        """The work's own source."""
        return self.sources[-1]


def find(connection: Connection, paths: Sequence[WorkPath], user_id: int | None) -> list[Target | None]:
    """Return where paths lead, in their order; None where that is nothing that this user may see.

    Names lead to works for ever, old ones too, and so do user names. A work without an author is found under any.
    """
    rows = connection.execute(
        text(
            """
            SELECT asked.position, work.id AS work_id, work.kind, work.name, author.username AS author,
                   asked.username IS NULL OR work.user_id IS NULL OR asked.username = author.username OR EXISTS (
                       SELECT FROM hub_usernames WHERE username = asked.username AND user_id = work.user_id
                   ) AS is_authors,
                   work.latest_version, version.version, version.id AS version_id, work.hidden_reason
            FROM unnest(CAST(:kinds AS text[]), CAST(:names AS text[]), CAST(:versions AS bigint[]),
                        CAST(:usernames AS text[])) WITH ORDINALITY asked(kind, name, version, username, position)
            JOIN hub_artifact_names named ON named.kind = asked.kind AND named.name = asked.name
            JOIN hub_artifacts work ON work.id = named.artifact_id
            LEFT JOIN hub_users author ON author.id = work.user_id
            LEFT JOIN hub_artifact_versions version
                   ON version.artifact_id = work.id AND version.version = coalesce(asked.version, work.latest_version)
            WHERE work.visibility <> 'private' OR work.user_id = :user_id
            """
        ),
        {
            "kinds": [path.kind for path in paths],
            "names": [path.name for path in paths],
            "versions": [0 if path.version == "alpha" else path.version for path in paths],
            "usernames": [path.user for path in paths],
            "user_id": user_id,
        },
    )
    found = {position: Target(*target) for position, *target in rows}
    return [found.get(position) for position in range(1, len(paths) + 1)]


def read_published(
    connection: Connection, version_ids: Sequence[int], *, max_versions: int, max_bytes: int
) -> list[Published]:
    """Return published versions with all that they import, directly or not, each once.

    Args:
        connection: In whose transaction.
        version_ids: Numbers of rows.
        max_versions: No more are returned.
        max_bytes: If their sources together are longer, they come without.
    """
    if not version_ids:
        return []
    rows = connection.execute(
        text(
            """
            WITH RECURSIVE reached(id) AS (
                SELECT unnest(CAST(:version_ids AS bigint[]))
                UNION
                SELECT needed.id
                FROM reached
                JOIN hub_artifact_versions version ON version.id = reached.id
                CROSS JOIN LATERAL (
                    SELECT imported.id
                    FROM hub_imports import
                    JOIN hub_artifact_versions imported
                      ON imported.artifact_id = import.imported_id AND imported.version = import.imported_version
                    WHERE import.artifact_id = version.artifact_id AND import.version = version.version
                    UNION ALL
                    SELECT unnest(ARRAY[version.library_version_id, version.theme_version_id])
                ) needed
                WHERE needed.id IS NOT NULL
            )
            SELECT version.id, work.id, work.kind, work.name, version.version, work.hidden_reason,
                   version.library_version_id, version.theme_version_id,
                   CASE WHEN sum(octet_length(version.content)) OVER () <= :max_bytes THEN version.content END,
                   version.files,
                   ARRAY(
                       SELECT jsonb_build_array(path, imported_id, imported_version)
                       FROM hub_imports WHERE artifact_id = work.id AND version = version.version
                   )
            FROM (SELECT id FROM reached LIMIT :max_versions) AS needed
            JOIN hub_artifact_versions version ON version.id = needed.id
            JOIN hub_artifacts work ON work.id = version.artifact_id
            """
        ),
        {"version_ids": version_ids, "max_versions": max_versions, "max_bytes": max_bytes},
    )
    return [Published(*row) for row in rows]


def read_alphas(connection: Connection, work_ids: Sequence[int], *, max_bytes: int) -> list[Alpha] | None:
    """Return the alphas of works with what runs before them, or None where their sources are longer than allowed."""
    if not work_ids:
        return []
    rows = connection.execute(
        text(
            """
            SELECT work.id, part.kind, part.name,
                   CASE WHEN sum(octet_length(part.alpha_content)) OVER () <= :max_bytes THEN part.alpha_content END,
                   part.alpha_files, part.hidden_reason
            FROM hub_artifacts work
            JOIN hub_artifacts part ON part.id IN (work.id, work.library_id, work.theme_id)
            WHERE work.id = ANY(:work_ids)
            ORDER BY work.id, part.id = work.id, part.id = work.theme_id
            """
        ),
        {"work_ids": list(work_ids), "max_bytes": max_bytes},
    ).all()
    alphas: dict[int, list[Source]] = {}
    for work_id, *source in rows:
        alphas.setdefault(work_id, []).append(Source(*source))
    if any(source.content is None for sources in alphas.values() for source in sources):
        return None
    return [Alpha(work_id, sources) for work_id, sources in alphas.items()]


def names_near(connection: Connection, kind: Kind, name: str, user_id: int | None, *, limit: int) -> list[str]:
    """Return names of works that others may import, or that are this user's, around a name in the alphabet."""
    names: list[str] = []
    for comparison, order in (("~>=~", "~<~"), ("~<~", "~>~")):
        names += connection.execute(
            text(
                f"""
                SELECT near.name
                FROM (
                    SELECT name, artifact_id FROM hub_artifact_names WHERE kind = :kind AND name {comparison} :name
                    ORDER BY name USING {order} LIMIT :limit
                ) near
                JOIN hub_artifacts work ON work.id = near.artifact_id
                WHERE work.listed OR work.user_id = :user_id
                """
            ),
            {"kind": kind, "name": name, "user_id": user_id, "limit": limit},
        ).scalars()
    return names
