"""The gauges of backups."""

import time
from collections.abc import Iterator
from typing import Final, override

from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from xatra_scheduler.backups.schemas import DrillReport, Manifest
from xatra_scheduler.backups.store import BackupStore

_LONGEST_SECONDS: Final = 6 * 3600  # that a backup or a drill may take


class BackupGauges(Collector):
    """Tells what the backup store said when it was last read; nothing before that. Prometheus waits for no store."""

    def __init__(self) -> None:
        self._said: tuple[Manifest | None, DrillReport] | None = None
        self._read_at = time.monotonic()

    def read(self, backups: BackupStore) -> tuple[list[Manifest], DrillReport]:
        """Read how things stand in the store.

        Returns:
            All backups, the newest first, and what became of the last drill.
        """
        self._read_at = time.monotonic()
        manifests, report = backups.manifests(), backups.drill_report()
        self._said = next(iter(manifests), None), report
        return manifests, report

    def lives(self) -> bool:
        """Tell whether the store has been asked lately, or somebody is at work no longer than that may take."""
        return time.monotonic() - self._read_at < _LONGEST_SECONDS

    @override
    def collect(self) -> Iterator[Metric]:
        if self._said is None:
            return
        newest, report = self._said
        yield GaugeMetricFamily(
            "last_backup_timestamp",
            "The moment of the last backup: what came later is not in it. Unix seconds; 0: there is none.",
            newest.taken_at.timestamp() if newest else 0,
        )
        yield GaugeMetricFamily(
            "last_backup_bytes", "What the last backup takes, with all its objects.", newest.size_bytes if newest else 0
        )
        yield GaugeMetricFamily(
            "last_backup_seconds", "How long the last backup took.", newest.seconds if newest else 0
        )
        yield GaugeMetricFamily(
            "last_verified_restore_timestamp",
            "When a backup was last restored and found to be whole. Unix seconds; 0: never.",
            report.verified_at.timestamp() if report.verified_at else 0,
        )
