"""All SQL about how requests went. Every function works inside the caller's transaction; none commits."""

from typing import Any, Final, Literal

from sqlalchemy import Connection, text

type Listed = Literal["all", "errors", "slow"]

# As the partial indexes say it.
_LISTED: Final[dict[Listed, str]] = {"all": "true", "errors": "record.status >= 400", "slow": "record.is_slow"}

_FILTERS: Final = {
    "cursor": "record.id < :cursor",
    "service": "record.service = :service",
    "method": "record.method = :method",
    "route": "record.route = :route",
    "status": "record.status = :status",
    "username": "record.user_id = (SELECT id FROM hub_users WHERE username = :username)",
    "address": "record.address = :address",
    "country": "record.country = :country",
    "request_id": "record.request_id = :request_id",
    "minimum_milliseconds": "record.milliseconds >= :minimum_milliseconds",
}


def list_requests(
    connection: Connection, listed: Listed, wanted: dict[str, str | float], limit: int
) -> list[dict[str, Any]]:
    """Return requests, the newest first.

    Args:
        connection: In whose transaction.
        listed: All that were kept, errors (400 and above) or slow ones.
        wanted: Name of a filter -> what it has to be; `cursor` is the id that they have to be below.
        limit: How many at most.
    """
    condition = " AND ".join((_LISTED[listed], *(_FILTERS[name] for name in wanted)))
    rows = connection.execute(
        text(
            f"""
            SELECT record.*, account.username
            FROM request_records record LEFT JOIN hub_users account ON account.id = record.user_id
            WHERE {condition} ORDER BY record.id DESC LIMIT :limit
            """
        ),
        {**wanted, "limit": limit},
    )
    return [dict(row) for row in rows.mappings()]


def measure_routes(connection: Connection, hours: int, limit: int) -> list[dict[str, Any]]:
    """Return how the requests of the last hours to each route went, the most frequent route first.

    Each record counts for as many requests as it stands for, in percentiles too: a percentile is the time of the first
    record up to which that part of all requests is counted.
    """
    rows = connection.execute(
        text(
            """
            WITH counted AS (
                SELECT service, method, route, status, milliseconds, stands_for,
                       sum(stands_for) OVER (of_route ORDER BY milliseconds, id) AS counted,
                       sum(stands_for) OVER of_route AS requests
                FROM request_records
                WHERE started_at > now() - make_interval(hours => :hours)
                WINDOW of_route AS (PARTITION BY service, method, route)
            )
            SELECT service, method, route, max(requests) AS requests,
                   coalesce(sum(stands_for) FILTER (WHERE status BETWEEN 400 AND 499), 0) AS client_errors,
                   coalesce(sum(stands_for) FILTER (WHERE status >= 500), 0) AS server_errors,
                   coalesce(sum(stands_for) FILTER (WHERE status >= 500), 0) / max(requests) AS error_rate,
                   min(milliseconds) FILTER (WHERE counted >= 0.5 * requests) AS p50_milliseconds,
                   min(milliseconds) FILTER (WHERE counted >= 0.95 * requests) AS p95_milliseconds,
                   min(milliseconds) FILTER (WHERE counted >= 0.99 * requests) AS p99_milliseconds
            FROM counted GROUP BY service, method, route
            ORDER BY requests DESC, service, route, method LIMIT :limit
            """
        ),
        {"hours": hours, "limit": limit},
    )
    return [dict(row) for row in rows.mappings()]
