"""How long statements take and how often they fail, of one engine."""

import time

from prometheus_client import CollectorRegistry, Counter, Histogram
from sqlalchemy import Connection, Engine, ExceptionContext, event

_BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_STARTED = "statement_started"


def measure_database(engine: Engine, registry: CollectorRegistry, *, service: str) -> None:
    """Measure every statement of `engine` from here on.

    Args:
        engine: The engine; an asynchronous one's `sync_engine`.
        registry: Where the metrics go; it takes one engine.
        service: The label that tells services apart.
    """
    seconds = Histogram(
        "database_query_seconds", "Time of statements.", ["service"], buckets=_BUCKETS, registry=registry
    ).labels(service)
    errors = Counter(
        "database_errors_total", "Statements and connections that failed.", ["service"], registry=registry
    ).labels(service)

    def on_start(connection: Connection, *_: object) -> None:
        connection.info[_STARTED] = time.perf_counter()

    def on_end(connection: Connection, *_: object) -> None:
        seconds.observe(time.perf_counter() - connection.info[_STARTED])

    def on_error(_context: ExceptionContext) -> None:
        errors.inc()

    event.listen(engine, "before_cursor_execute", on_start)
    event.listen(engine, "after_cursor_execute", on_end)
    event.listen(engine, "handle_error", on_error)
