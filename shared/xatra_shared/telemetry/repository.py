"""SQL of telemetry: how full the render queue is, and how requests went."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import orjson
from sqlalchemy import Connection, text

from xatra_shared.queue.repository import count_slots, count_slots_wanted


@dataclass(frozen=True)
class QueueFigures:
    """How full the render queue is: jobs that wait, jobs that run, slots of live workers, and how many should be."""

    queued: int
    running: int
    slots: int
    slots_wanted: int | None


def measure_queue(connection: Connection, *, promised_wait_seconds: float | None) -> QueueFigures:
    """Return how full the queue is now.

    Args:
        connection: In whose transaction.
        promised_wait_seconds: How long a render may wait for its slot; None: how many slots are wanted is not asked.
    """
    jobs = connection.execute(
        text(
            """
            SELECT count(*) FILTER (WHERE state = 'queued') AS queued,
                   count(*) FILTER (WHERE state = 'running') AS running
            FROM render_jobs WHERE state IN ('queued', 'running')
            """
        )
    ).one()
    return QueueFigures(
        queued=jobs.queued,
        running=jobs.running,
        slots=count_slots(connection),
        slots_wanted=None if promised_wait_seconds is None else count_slots_wanted(connection, promised_wait_seconds),
    )


@dataclass(frozen=True, slots=True)
class RequestRecord:
    """How a request went: nothing of its body, of its path beyond the route, or of its query beyond names.

    Attributes:
        started_at: When it came.
        service: Which service answered.
        request_id: Its id in logs.
        method: HTTP method.
        route: The route's template.
        query_names: Names of its query's parameters.
        status: HTTP status; 499 where the client left before the answer.
        milliseconds: Until the answer began.
        is_slow: Whether that was too long.
        stands_for: How many requests it stands for: more than one where it is of a sample.
        user_id: Who was signed in.
        address: Whose address it came from.
        country: The same, as a proxy of ours said: ISO 3166 or the proxy's own two letters.
    """

    started_at: datetime
    service: str
    request_id: str | None
    method: str
    route: str
    query_names: list[str]
    status: int
    milliseconds: float
    is_slow: bool
    stands_for: float
    user_id: int | None
    address: str | None
    country: str | None


def add_request_records(connection: Connection, records: Collection[RequestRecord]) -> None:
    """Write down how requests went."""
    columns = {
        "started_at": "timestamptz",
        "service": "text",
        "request_id": "text",
        "method": "text",
        "route": "text",
        "query_names": "text[]",
        "status": "bigint",
        "milliseconds": "double precision",
        "is_slow": "boolean",
        "stands_for": "double precision",
        "user_id": "bigint",
        "address": "text",
        "country": "text",
    }
    names = ", ".join(columns)
    types = ", ".join(f"{name} {type_}" for name, type_ in columns.items())
    connection.execute(
        text(
            f"""
            INSERT INTO request_records ({names})
            SELECT {names} FROM jsonb_to_recordset(CAST(:records AS jsonb)) AS record({types})
            """
        ),
        {"records": orjson.dumps(list(records)).decode()},
    )
