"""The render queue's gauges."""

from collections.abc import Iterator
from functools import partial

from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily
from sqlalchemy import Engine

from xatra_shared.telemetry.figures import FiguresCollector
from xatra_shared.telemetry.repository import QueueFigures, measure_queue


class QueueCollector(FiguresCollector[QueueFigures]):
    """Tells how full the queue is.

    Args:
        database: An engine for these questions alone; one connection will do.
        promised_wait_seconds: How long a render may wait for its slot: tells how many slots are wanted, too.
    """

    def __init__(self, database: Engine, *, promised_wait_seconds: float | None = None) -> None:
        super().__init__(database, partial(measure_queue, promised_wait_seconds=promised_wait_seconds), _tell)


def _tell(figures: QueueFigures) -> Iterator[Metric]:
    yield GaugeMetricFamily("render_queue_depth", "Renders that wait for a slot.", figures.queued)
    yield GaugeMetricFamily("render_running", "Renders that run.", figures.running)
    yield GaugeMetricFamily("render_slots", "Renders that all live workers can run at once.", figures.slots)
    if figures.slots_wanted is not None:
        yield GaugeMetricFamily(
            "render_slots_wanted", "Slots that would start renders as promised.", figures.slots_wanted
        )
