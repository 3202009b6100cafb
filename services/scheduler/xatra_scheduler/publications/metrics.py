"""The gauges of publications."""

from collections.abc import Iterator

from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily
from sqlalchemy import Engine

from xatra_scheduler.publications.repository import Backlog, measure_backlog
from xatra_shared.telemetry.figures import FiguresCollector


class PublicationsCollector(FiguresCollector[Backlog]):
    """Tells how many published versions wait for their artefact, and for how long.

    Args:
        database: An engine for these questions alone; one connection will do.
    """

    def __init__(self, database: Engine) -> None:
        super().__init__(database, measure_backlog, _tell)


def _tell(backlog: Backlog) -> Iterator[Metric]:
    yield GaugeMetricFamily(
        "publications_pending", "Published versions that have neither an artefact nor an error yet.", backlog.pending
    )
    yield GaugeMetricFamily(
        "publications_overdue_seconds",
        "For how long the first of those has not been in the queue although it may be.",
        backlog.overdue_seconds,
    )
