"""All SQL about reports, and what administrators do about works. Every function works inside the caller's transaction."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, text


def add_report(
    connection: Connection, work_id: int, reporter: str, reason: str, details: str
) -> tuple[int, datetime] | None:
    """Record a report, and return its number and time; None: the reader has an open one about this work already."""
    row = connection.execute(
        text(
            """
            INSERT INTO hub_reports (artifact_id, reporter, reason, details)
            VALUES (:work_id, :reporter, :reason, :details)
            ON CONFLICT (artifact_id, reporter) WHERE resolved_at IS NULL DO NOTHING
            RETURNING id, created_at
            """
        ),
        {"work_id": work_id, "reporter": reporter, "reason": reason, "details": details},
    ).one_or_none()
    return None if row is None else (row.id, row.created_at)


_REPORTS = """
    SELECT report.id, report.reason, report.details, report.created_at, report.resolved_at, report.resolution,
           reporter.username AS reporter, resolver.username AS resolved_by,
           work.kind, work.name, author.username AS author, work.visibility, work.featured, work.hidden_reason
    FROM hub_reports report
    JOIN hub_artifacts work ON work.id = report.artifact_id
    LEFT JOIN hub_users author ON author.id = work.user_id
    LEFT JOIN hub_users reporter ON reporter.id = CAST(substring(report.reporter FROM '^user:([0-9]+)$') AS bigint)
    LEFT JOIN hub_users resolver ON resolver.id = report.resolved_by
"""


def list_open(connection: Connection, after: int | None, limit: int) -> list[dict[str, Any]]:
    """Return reports that nobody has resolved, the oldest first: those after one."""
    return _list(
        connection, "WHERE report.resolved_at IS NULL AND report.id > :cursor ORDER BY report.id", after or 0, limit
    )


def list_resolved(connection: Connection, before: int | None, limit: int) -> list[dict[str, Any]]:
    """Return resolved reports, the newest first: those before one."""
    condition = "report.resolved_at IS NOT NULL AND (CAST(:cursor AS bigint) IS NULL OR report.id < :cursor)"
    return _list(connection, f"WHERE {condition} ORDER BY report.id DESC", before, limit)


def get_report(connection: Connection, report_id: int) -> dict[str, Any] | None:
    """Return a report."""
    found = _list(connection, "WHERE report.id = :cursor", report_id, 1)
    return found[0] if found else None


def resolve(connection: Connection, report_id: int, resolution: str, admin_id: int) -> None:
    """Say what came of a report; one that was resolved keeps its time."""
    connection.execute(
        text(
            """
            UPDATE hub_reports
            SET resolution = :resolution, resolved_by = :admin_id, resolved_at = coalesce(resolved_at, now())
            WHERE id = :report_id
            """
        ),
        {"report_id": report_id, "resolution": resolution, "admin_id": admin_id},
    )


def resolve_all_of(connection: Connection, work_id: int, resolution: str, admin_id: int) -> int:
    """Say what came of all open reports about a work; return how many those were."""
    return connection.execute(
        text(
            """
            UPDATE hub_reports SET resolution = :resolution, resolved_by = :admin_id, resolved_at = now()
            WHERE artifact_id = :work_id AND resolved_at IS NULL
            """
        ),
        {"work_id": work_id, "resolution": resolution, "admin_id": admin_id},
    ).rowcount


def set_hidden(connection: Connection, work_id: int, reason: str | None) -> None:
    """Hide a work, or no longer; one that is hidden already keeps its time."""
    connection.execute(
        text(
            """
            UPDATE hub_artifacts
            SET hidden_reason = :reason,
                hidden_at = CASE WHEN CAST(:reason AS text) IS NOT NULL THEN coalesce(hidden_at, now()) END
            WHERE id = :work_id
            """
        ),
        {"work_id": work_id, "reason": reason},
    )


def set_featured(connection: Connection, work_id: int, *, is_featured: bool) -> None:
    """Feature a work, or no longer."""
    connection.execute(
        text("UPDATE hub_artifacts SET featured = :is_featured WHERE id = :work_id"),
        {"work_id": work_id, "is_featured": is_featured},
    )


def get_state(connection: Connection, work_id: int) -> dict[str, Any]:
    """Return a work as administrators see it."""
    row = connection.execute(
        text(
            """
            SELECT work.kind, work.name, author.username AS author, work.visibility, work.featured, work.hidden_reason
            FROM hub_artifacts work LEFT JOIN hub_users author ON author.id = work.user_id
            WHERE work.id = :work_id
            """
        ),
        {"work_id": work_id},
    )
    return dict(row.mappings().one())


def _list(connection: Connection, rest: str, cursor: int | None, limit: int) -> list[dict[str, Any]]:
    rows = connection.execute(text(f"{_REPORTS} {rest} LIMIT :limit"), {"cursor": cursor, "limit": limit})
    return [dict(row) for row in rows.mappings()]
