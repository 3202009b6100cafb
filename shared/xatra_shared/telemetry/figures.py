"""Gauges that are read from the database when Prometheus asks."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final, override

import structlog
from prometheus_client import Metric
from prometheus_client.registry import Collector
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

_FRESH_SECONDS: Final = 1.0
_PATIENCE_SECONDS: Final = 2.0

_log = structlog.get_logger(__name__)


class FiguresCollector[Figures](Collector):
    """Tells what the database says, the same from whichever process.

    While the database does not answer within two seconds there are no series, and no more than one question is open.

    Args:
        database: An engine for these questions alone; one connection will do.
        measure: Asks the database.
        tell: Returns the answer's series.
    """

    def __init__(
        self,
        database: Engine,
        measure: Callable[[Connection], Figures],
        tell: Callable[[Figures], Iterable[Metric]],
    ) -> None:
        self._database = database
        self._measure = measure
        self._tell = tell
        self._lock = threading.Lock()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="figures")
        self._answer: Future[Figures] | None = None
        self._figures: Figures | None = None
        self._asked_at = float("-inf")

    @override
    def collect(self) -> Iterator[Metric]:
        with self._lock:
            figures = self._fresh_figures()
        if figures is not None:
            yield from self._tell(figures)

    def close(self) -> None:
        """End the thread that asks, and the connection."""
        self._thread.shutdown(wait=False, cancel_futures=True)
        self._database.dispose()

    def _fresh_figures(self) -> Figures | None:
        if time.monotonic() - self._asked_at < _FRESH_SECONDS:
            return self._figures
        if self._answer is None or self._answer.done():
            self._answer = self._thread.submit(self._ask)
        self._asked_at = time.monotonic()
        try:
            self._figures = self._answer.result(_PATIENCE_SECONDS)
        except (SQLAlchemyError, TimeoutError) as error:
            _log.warning("no figures of the database", error=f"{type(error).__name__}: {error}".partition("\n")[0])
            self._figures = None
        return self._figures

    def _ask(self) -> Figures:
        with self._database.connect() as connection:
            return self._measure(connection)
