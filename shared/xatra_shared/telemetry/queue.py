"""The render queue's gauges, read from the database when Prometheus asks."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final, override

import structlog
from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from xatra_shared.telemetry.repository import QueueFigures, measure_queue

_FRESH_SECONDS: Final = 1.0
_PATIENCE_SECONDS: Final = 2.0

_log = structlog.get_logger(__name__)


class QueueCollector(Collector):
    """Tells how full the queue is, the same from whichever process.

    While the database does not answer within two seconds there are no series, and no more than one question is open.

    Args:
        database: An engine for these questions alone; one connection will do.
    """

    def __init__(self, database: Engine) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="queue-figures")
        self._answer: Future[QueueFigures] | None = None
        self._figures: QueueFigures | None = None
        self._asked_at = float("-inf")

    @override
    def collect(self) -> Iterator[Metric]:
        with self._lock:
            figures = self._fresh_figures()
        if figures is not None:
            yield GaugeMetricFamily("render_queue_depth", "Renders that wait for a slot.", figures.queued)
            yield GaugeMetricFamily("render_running", "Renders that run.", figures.running)
            yield GaugeMetricFamily("render_slots", "Renders that all live workers can run at once.", figures.slots)

    def close(self) -> None:
        """End the thread that asks, and the connection."""
        self._thread.shutdown(wait=False, cancel_futures=True)
        self._database.dispose()

    def _fresh_figures(self) -> QueueFigures | None:
        if time.monotonic() - self._asked_at < _FRESH_SECONDS:
            return self._figures
        if self._answer is None or self._answer.done():
            self._answer = self._thread.submit(self._ask)
        self._asked_at = time.monotonic()
        try:
            self._figures = self._answer.result(_PATIENCE_SECONDS)
        except (SQLAlchemyError, TimeoutError) as error:
            _log.warning("no figures of the queue", error=f"{type(error).__name__}: {error}".partition("\n")[0])
            self._figures = None
        return self._figures

    def _ask(self) -> QueueFigures:
        with self._database.connect() as connection:
            return measure_queue(connection)
