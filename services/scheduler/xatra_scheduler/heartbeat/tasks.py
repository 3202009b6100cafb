"""What the heartbeat does by the clock."""

import structlog

from xatra_scheduler.heartbeat import repository
from xatra_scheduler.resources import Resources

_log = structlog.get_logger(__name__)


def prove_consumption(resources: Resources) -> None:
    """Write down that this message came all the way from the clock through Redis to here; name services that stopped."""
    with resources.database.begin() as connection:
        repository.record_consumption(connection, resources.worker_id)
        repository.forget_ended(connection)
        silent = repository.silent_services(connection)
    for service in silent:
        _log.warning("a service stopped consuming", service=service.service, since=str(service.since))
