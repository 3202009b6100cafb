"""What the watchdog does by the clock."""

import structlog

from xatra_scheduler.resources import Resources
from xatra_scheduler.watchdog import repository
from xatra_shared.queue import claim_repository, events

_log = structlog.get_logger(__name__)


def take_back_expired_leases(resources: Resources) -> None:
    """Take back every job whose worker vanished, tell who waits for it, and wake as many workers."""
    with resources.database.begin() as connection:
        lost = claim_repository.reap(connection)
    if lost.ids:
        resources.render_errors.labels("service").inc(lost.failed)
        _log.warning("jobs taken back: their leases ran out", jobs=lost.ids)
        events.announce(resources.redis, lost.ids)
        _wake(resources, len(lost.ids))


def repeat_lost_wake_ups(resources: Resources) -> None:
    """Wake workers again where jobs wait although slots are idle."""
    waiting_seconds = resources.settings.wake_up_after_seconds
    with resources.database.begin() as connection:
        overlooked = repository.count_overlooked(connection, waiting_seconds=waiting_seconds)
    if overlooked:
        _log.warning("jobs wait although slots are idle", jobs=overlooked)
        _wake(resources, overlooked)


def _wake(resources: Resources, times: int) -> None:
    for _ in range(times):
        resources.waker.wake()
