"""How long statements take and how often they fail."""

import time

from prometheus_client import CollectorRegistry, Counter, Histogram
from sqlalchemy import Connection, Engine, ExceptionContext, event

_BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_STARTED = "statement_started"


class DatabaseTelemetry:
    """Measures every statement of the engines that it is told of.

    Args:
        registry: Where the metrics go.
        service: The label that tells services apart.
    """

    def __init__(self, registry: CollectorRegistry, *, service: str) -> None:
        self._seconds = Histogram(
            "database_query_seconds", "Time of statements.", ["service"], buckets=_BUCKETS, registry=registry
        ).labels(service)
        self._errors = Counter(
            "database_errors_total", "Statements and connections that failed.", ["service"], registry=registry
        ).labels(service)

    def measure(self, engine: Engine) -> None:
        """Measure an engine from here on; of an asynchronous one, its `sync_engine`."""
        event.listen(engine, "before_cursor_execute", self._on_start)
        event.listen(engine, "after_cursor_execute", self._on_end)
        event.listen(engine, "handle_error", self._on_error)

    def _on_start(self, connection: Connection, *_: object) -> None:
        connection.info[_STARTED] = time.perf_counter()

    def _on_end(self, connection: Connection, *_: object) -> None:
        self._seconds.observe(time.perf_counter() - connection.info[_STARTED])

    def _on_error(self, _context: ExceptionContext) -> None:
        self._errors.inc()
