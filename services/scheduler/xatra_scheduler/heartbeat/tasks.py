"""What the heartbeat does by the clock."""

import structlog

from xatra_scheduler.heartbeat import repository
from xatra_scheduler.resources import Resources
from xatra_shared.queue.redis_users import CELERY_PREFIX

_log = structlog.get_logger(__name__)


def heartbeat_queue(worker_id: str) -> str:
    """Return the queue by which a scheduler process sends itself its heartbeat."""
    return f"heartbeat.{worker_id}"


def prove_consumption(resources: Resources) -> None:
    """Write down that this message came all the way from the clock through Redis to here; name services that stopped."""
    resources.pulse.settled()
    with resources.database.begin() as connection:
        repository.record_consumption(connection, resources.worker_id)
        ended = repository.forget_ended(connection)
        silent = repository.silent_services(connection)
    for worker_id in ended:
        resources.redis.delete(f"{CELERY_PREFIX}{heartbeat_queue(worker_id)}")
    for service in silent:
        _log.warning("a service stopped consuming", service=service.service, since=str(service.since))
