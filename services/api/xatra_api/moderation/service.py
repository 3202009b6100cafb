"""The rules of reports, and of what administrators do about works. Everything runs in the caller's transaction."""

from typing import Any, Final, Literal

import structlog
from sqlalchemy import Connection

from xatra_api.hub.works import Kind, Work, WorkNotFound, find_work, readable_work
from xatra_api.moderation import repository
from xatra_api.moderation.schemas import ModeratedWork, ReportBody, ReportPage, ReportReceipt, ReportRequest
from xatra_shared.http.problems import Problem
from xatra_shared.identity.callers import Caller

type State = Literal["open", "resolved"]

_HIDDEN: Final = "The work was hidden: "
_LISTS: Final = {"open": repository.list_open, "resolved": repository.list_resolved}

_log = structlog.get_logger(__name__)


class AlreadyReported(Problem):
    """The reader's earlier report about the work is still open."""

    status = 409
    slug = "already-reported"
    title = "You have reported this work already, and the administrators have not yet decided"


class ReportNotFound(Problem):
    """No report has this number."""

    status = 404
    slug = "report-not-found"
    title = "There is no such report"


def report(connection: Connection, kind: Kind, name: str, caller: Caller, body: ReportRequest) -> ReportReceipt:
    """Record that a reader finds that a work should not be here.

    Raises:
        AlreadyReported: Their earlier report about it is still open.
        Problem: See `readable_work`.
    """
    work = readable_work(connection, kind, name, caller)
    added = repository.add_report(connection, work.id, caller.id, body.reason, body.details)
    if added is None:
        raise AlreadyReported
    report_id, created_at = added
    _log.info("work reported", report=report_id, work=work.id, reason=body.reason)
    return ReportReceipt(id=report_id, created_at=created_at)


def list_reports(connection: Connection, state: State, cursor: int | None, limit: int) -> ReportPage:
    """Return a page of reports."""
    rows = _LISTS[state](connection, cursor, limit + 1)
    return ReportPage(
        reports=[_report(row) for row in rows[:limit]],
        next_cursor=rows[limit - 1]["id"] if len(rows) > limit else None,
    )


def resolve(connection: Connection, admin_id: int, report_id: int, resolution: str) -> ReportBody:
    """Say what came of a report.

    Raises:
        ReportNotFound: There is none of this number.
    """
    repository.resolve(connection, report_id, resolution, admin_id)
    row = repository.get_report(connection, report_id)
    if row is None:
        raise ReportNotFound
    _log.info("report resolved", report=report_id, actor=admin_id)
    return _report(row)


def set_hidden(connection: Connection, admin_id: int, kind: Kind, name: str, reason: str | None) -> ModeratedWork:
    """Hide a work from everyone but its author, which resolves the open reports about it; no reason: show it again.

    Raises:
        WorkNotFound: There is none of this name.
    """
    work = _find(connection, kind, name)
    repository.set_hidden(connection, work.id, reason)
    if reason is None:
        _log.info("work shown again", work=work.id, actor=admin_id)
    else:
        resolved = repository.resolve_all_of(connection, work.id, _HIDDEN + reason, admin_id)
        _log.info("work hidden", work=work.id, actor=admin_id, reason=reason, reports=resolved)
    return _moderated(connection, work)


def set_featured(connection: Connection, admin_id: int, kind: Kind, name: str, *, is_featured: bool) -> ModeratedWork:
    """Feature a work, or no longer.

    Raises:
        WorkNotFound: There is none of this name.
    """
    work = _find(connection, kind, name)
    repository.set_featured(connection, work.id, is_featured=is_featured)
    _log.info("work featured" if is_featured else "work no longer featured", work=work.id, actor=admin_id)
    return _moderated(connection, work)


def _find(connection: Connection, kind: Kind, name: str) -> Work:
    work = find_work(connection, kind, name, for_update=True)
    if work is None:
        raise WorkNotFound
    return work


def _moderated(connection: Connection, work: Work) -> ModeratedWork:
    return ModeratedWork.model_validate(repository.get_state(connection, work.id))


def _report(row: dict[str, Any]) -> ReportBody:
    return ReportBody.model_validate({**row, "work": row})
