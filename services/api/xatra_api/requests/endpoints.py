"""The routes by which administrators look at how requests went."""

from typing import Annotated

from fastapi import APIRouter, Query

from xatra_api.callers import AdminDep
from xatra_api.requests import service
from xatra_api.requests.schemas import RequestFilter, RequestPage, RequestStats
from xatra_api.resources import ResourcesDep

router = APIRouter(tags=["requests"])

FilterQuery = Annotated[RequestFilter, Query()]


@router.get("/admin/requests")
async def list_recent_requests(_admin_id: AdminDep, resources: ResourcesDep, wanted: FilterQuery) -> RequestPage:
    """Return requests that were kept, the newest first: errors of ours, slow ones, and a sample of the others."""
    async with resources.engine.connect() as connection:
        return await connection.run_sync(service.list_requests, "all", wanted)


@router.get("/admin/requests/errors")
async def list_failed_requests(_admin_id: AdminDep, resources: ResourcesDep, wanted: FilterQuery) -> RequestPage:
    """Return requests that were answered 400 or above, the newest first: all of ours, a sample of the clients'."""
    async with resources.engine.connect() as connection:
        return await connection.run_sync(service.list_requests, "errors", wanted)


@router.get("/admin/requests/slow")
async def list_slow_requests(_admin_id: AdminDep, resources: ResourcesDep, wanted: FilterQuery) -> RequestPage:
    """Return requests that took long, the newest first; those that asked to wait do not count."""
    async with resources.engine.connect() as connection:
        return await connection.run_sync(service.list_requests, "slow", wanted)


@router.get("/admin/requests/stats")
async def measure_requests(
    _admin_id: AdminDep, resources: ResourcesDep, hours: Annotated[int, Query(ge=1, le=24 * 31)] = 24
) -> RequestStats:
    """Return how requests to each route went in the last hours."""
    async with resources.engine.connect() as connection:
        return await connection.run_sync(service.measure_routes, hours)
