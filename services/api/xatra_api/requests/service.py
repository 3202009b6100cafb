"""The rules of looking at how requests went. Everything runs inside the caller's transaction."""

from typing import Final

from sqlalchemy import Connection

from xatra_api.requests import repository
from xatra_api.requests.repository import Listed
from xatra_api.requests.schemas import RecordedRequest, RequestFilter, RequestPage, RequestStats, RouteFigures

_MAX_ROUTES: Final = 500


def list_requests(connection: Connection, listed: Listed, wanted: RequestFilter) -> RequestPage:
    """Return a page of requests, the newest first."""
    filters = wanted.model_dump(exclude_none=True, exclude={"limit"})
    rows = repository.list_requests(connection, listed, filters, wanted.limit + 1)
    return RequestPage(
        requests=[RecordedRequest.model_validate(row) for row in rows[: wanted.limit]],
        next_cursor=rows[wanted.limit - 1]["id"] if len(rows) > wanted.limit else None,
    )


def measure_routes(connection: Connection, hours: int) -> RequestStats:
    """Return how the requests of the last hours went, by route."""
    rows = repository.measure_routes(connection, hours, _MAX_ROUTES)
    return RequestStats(hours=hours, routes=[RouteFigures.model_validate(row) for row in rows])
