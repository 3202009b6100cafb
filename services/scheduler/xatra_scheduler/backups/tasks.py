"""What backups do by the clock: it is looked at what is due, so that a run that was missed or failed is made up for."""

import threading
from datetime import UTC, datetime, timedelta
from typing import Final

import structlog
from sqlalchemy.exc import SQLAlchemyError

from xatra_scheduler.backups import service
from xatra_scheduler.backups.drill import DrillFailedError, NobodyRendersError, drill
from xatra_scheduler.backups.encryption import DamagedError, WrongKeyError
from xatra_scheduler.backups.metrics import BackupGauges
from xatra_scheduler.backups.programs import ProgramFailedError
from xatra_scheduler.backups.resources import BackupResources
from xatra_scheduler.backups.schemas import DrillReport, Manifest
from xatra_shared.artifacts.store import StoreUnavailable

_LOOK_SECONDS: Final = 60
_DRILL_AGAIN: Final = timedelta(hours=6)

_log = structlog.get_logger(__name__)


def tend(resources: BackupResources, gauges: BackupGauges, stopping: threading.Event) -> None:
    """Make backups and drills when they are due, until told to stop; what fails is tried again."""
    while not stopping.is_set():
        try:
            look(resources, gauges)
        except (NobodyRendersError, service.BusyError) as error:
            _log.info("left to the next look", reason=str(error))
        except DrillFailedError as error:
            _log.error("a backup cannot be relied on", faults=error.faults)
        except (DamagedError, ProgramFailedError, SQLAlchemyError, StoreUnavailable, WrongKeyError) as error:
            _log.error("no backup", error=str(error))
        stopping.wait(_LOOK_SECONDS)


def look(resources: BackupResources, gauges: BackupGauges) -> None:
    """Make a backup or a drill if one is due, and have the gauges tell how things stand."""
    manifests, report = gauges.read(resources.backups)
    if backup_is_due(resources, manifests):
        manifest = service.make(resources, wait=False)
        _log.info("backup made", name=manifest.name, size_bytes=manifest.size_bytes, seconds=manifest.seconds)
    elif drill_is_due(resources, report):
        manifest = drill(resources, "latest", wait=False)
        _log.info("backup verified", name=manifest.name)
    else:
        return
    gauges.read(resources.backups)


def backup_is_due(resources: BackupResources, manifests: list[Manifest]) -> bool:
    """Tell whether the newest backup is old, or encrypted otherwise than they are now."""
    if not manifests or manifests[0].key_id != resources.backups.cipher.key_id:
        return True
    return datetime.now(UTC) - manifests[0].taken_at >= timedelta(hours=resources.settings.backup_every_hours)


def drill_is_due(resources: BackupResources, report: DrillReport) -> bool:
    """Tell whether it is long ago that a backup was verified, and some time that it was tried."""
    now = datetime.now(UTC)
    verified_lately = report.verified_at is not None and now - report.verified_at < timedelta(
        days=resources.settings.drill_every_days
    )
    tried_just_now = report.tried_at is not None and now - report.tried_at < _DRILL_AGAIN
    return not verified_lately and not tried_just_now
