"""The render queue's gauges."""

from collections.abc import Iterator

from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily
from sqlalchemy import Engine

from xatra_shared.telemetry.figures import FiguresCollector
from xatra_shared.telemetry.repository import QueueFigures, measure_queue


class QueueCollector(FiguresCollector[QueueFigures]):
    """Tells how full the queue is.

    Args:
        database: An engine for these questions alone; one connection will do.
    """

    def __init__(self, database: Engine) -> None:
        super().__init__(database, measure_queue, _tell)


def _tell(figures: QueueFigures) -> Iterator[Metric]:
    yield GaugeMetricFamily("render_queue_depth", "Renders that wait for a slot.", figures.queued)
    yield GaugeMetricFamily("render_running", "Renders that run.", figures.running)
    yield GaugeMetricFamily("render_slots", "Renders that all live workers can run at once.", figures.slots)
