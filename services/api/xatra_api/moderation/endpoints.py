"""The routes by which readers report works, and administrators hide and feature them."""

from typing import Annotated, Final

from fastapi import APIRouter, Path, Query

from xatra_api.callers import AdminDep
from xatra_api.guests.service import require_known
from xatra_api.hub.works import KindPath, NamePath, WriterDep
from xatra_api.moderation import service
from xatra_api.moderation.schemas import (
    FeaturedChange,
    HiddenChange,
    ModeratedWork,
    ReportBody,
    ReportPage,
    ReportReceipt,
    ReportRequest,
    ResolutionBody,
)
from xatra_api.resources import ResourcesDep
from xatra_shared.http.rate_limits import Rule

router = APIRouter(tags=["moderation"])

_REPORTS: Final = Rule("reports", 20, 3600)
_NUMBER: Final = {"ge": 1, "lt": 1 << 53}


@router.post("/hub/{kind}/{name}/reports", status_code=201)
async def report_work(
    kind: KindPath, name: NamePath, body: ReportRequest, resources: ResourcesDep, caller: WriterDep
) -> ReportReceipt:
    """Tell the administrators that a work should not be here; guests may too."""
    require_known(caller)
    await resources.limits.spend(_REPORTS, caller.network)
    async with resources.engine.begin() as connection:
        return await connection.run_sync(service.report, kind, name, caller, body)


@router.get("/admin/reports")
async def list_reports(
    _admin_id: AdminDep,
    resources: ResourcesDep,
    state: service.State = "open",
    cursor: Annotated[int | None, Query(**_NUMBER, description="`next_cursor` of the page before")] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> ReportPage:
    """Return reports: open ones the oldest first, resolved ones the newest first."""
    async with resources.engine.connect() as connection:
        return await connection.run_sync(service.list_reports, state, cursor, limit)


@router.put("/admin/reports/{report_id}")
async def resolve_report(
    report_id: Annotated[int, Path(**_NUMBER)], body: ResolutionBody, admin_id: AdminDep, resources: ResourcesDep
) -> ReportBody:
    """Say what came of a report; it is open no more."""
    async with resources.engine.begin() as connection:
        return await connection.run_sync(service.resolve, admin_id, report_id, body.resolution)


@router.put("/admin/works/{kind}/{name}/hidden")
async def hide_work(
    kind: KindPath, name: NamePath, body: HiddenChange, admin_id: AdminDep, resources: ResourcesDep
) -> ModeratedWork:
    """Hide a work from everyone but its author, telling why; that resolves the open reports about it. Or show it again.

    A hidden work is not listed, embedded or imported any more; who comes to it is answered 410 with the reason.
    """
    async with resources.engine.begin() as connection:
        return await connection.run_sync(service.set_hidden, admin_id, kind, name, body.reason)


@router.put("/admin/works/{kind}/{name}/featured")
async def feature_work(
    kind: KindPath, name: NamePath, body: FeaturedChange, admin_id: AdminDep, resources: ResourcesDep
) -> ModeratedWork:
    """Let a work be among the first that readers see, or no longer."""
    async with resources.engine.begin() as connection:
        return await connection.run_sync(service.set_featured, admin_id, kind, name, is_featured=body.featured)
