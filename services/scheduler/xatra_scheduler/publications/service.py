"""The rules of publications: keep what became of a render with its version, then let others into the queue."""

import structlog

from xatra_scheduler.publications import repository
from xatra_scheduler.resources import Resources
from xatra_shared.hub.publications import queue_version, room_for_waiting
from xatra_shared.queue.model import Limits, Payer

_log = structlog.get_logger(__name__)

_BATCH_ROWS = 200


def settle_ended(resources: Resources) -> None:
    """Write down what became of every render of a version that has ended."""
    versions = _BATCH_ROWS
    while versions == _BATCH_ROWS and not resources.stopping.is_set():
        with resources.database.begin() as connection:
            settled = repository.settle(connection, _BATCH_ROWS)
        versions = settled.versions
        if versions:
            _log.info(
                "versions settled", ready=settled.ready, failed=settled.failed, to_be_tried_again=settled.postponed
            )


def queue_due(resources: Resources) -> None:
    """Let as many versions into the queue as there is room for, and wake a worker for each."""
    with resources.database.begin() as connection:
        due = repository.list_due(connection, room_for_waiting(connection))
    queued = sum(_queue(resources, version_id) for version_id in due)
    for _ in range(queued):
        resources.waker.wake()


def _queue(resources: Resources, version_id: int) -> bool:
    seconds = resources.settings.trusted_render_seconds
    with resources.database.begin() as connection:
        version = repository.hold(connection, version_id)
        if version is None:
            return False
        job_id = queue_version(
            connection,
            version.id,
            limits=Limits(wall_seconds=seconds, cpu_seconds=seconds),
            # How far its author is trusted is not known here; a version is published once, so the greater budget holds.
            payer=None if version.user_id is None else Payer(version.user_id, "trusted"),
        )
    return job_id is not None
