"""Puts the renders of published versions into the queue, beside those that people wait for.

All versions together are one caller there, which takes its turn as everyone does, and waits for a few renders at a time.
So a thousand versions that were published at once hold nobody up, and they need no room of the queue that others have
filled. What does not get in is the scheduler's to try again: nothing about the queue keeps a version from being published.
"""

import sys
from typing import Final

import structlog
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from xatra_shared.hub import repository
from xatra_shared.queue import admission
from xatra_shared.queue.model import Asker, Limits, Origin, Payer
from xatra_shared.queue.repository import count_slots, current_engine

PUBLISHER: Final = "hub:publications"
"""Who waits in the queue for the artefacts of all versions."""

_RENDERS_PER_SLOT: Final = 8
_MAX_RENDERS: Final = 40  # however many slots there are, so that the queue of people stays about as long as it is
_BUDGET_PAUSE_SECONDS: Final = 3600
_DATABASE_PAUSE_SECONDS: Final = 60

_log = structlog.get_logger(__name__)


def queue_version(
    connection: Connection,
    version_id: int,
    *,
    limits: Limits,
    payer: Payer | None,
    origin: Origin | None = None,
) -> int | None:
    """Ask for a version's artefact, as the last thing that the transaction which publishes it does.

    It comes last because admission's locks are held until the transaction ends. Wake a worker after the commit.

    Args:
        connection: In the transaction that inserted the version, or holds it.
        version_id: Number of the row in `hub_artifact_versions`, which wants an artefact and has no job.
        limits: What its render may use.
        payer: The author, whose budget the render counts against; None where there is no author.
        origin: The HTTP request that publishes it.

    Returns:
        The job that makes the artefact, or has made it; None where none does by now, and the scheduler has to try again:
        enough versions wait already, the budget is spent, no worker ever started, or the database would not.
    """
    engine = current_engine(connection)
    if engine is None:
        return None
    renders = _max_renders(connection)
    policy = admission.Policy(caller_active=renders, address_active=renders, queue_capacity=sys.maxsize)
    try:
        with connection.begin_nested():
            admitted = admission.admit(
                connection,
                repository.get_request(connection, version_id),
                Asker(PUBLISHER, PUBLISHER, payer),
                limits=limits,
                policy=policy,
                engine=engine,
                origin=origin,
            )
            repository.set_job(connection, version_id, admitted.job_id)
    except (admission.TooManyRendersError, admission.QueueFullError):
        return None
    except admission.BudgetSpentError:
        repository.postpone(connection, version_id, _BUDGET_PAUSE_SECONDS)
        return None
    except DBAPIError as error:
        if error.connection_invalidated:
            raise
        _log.warning("artefact not asked for, trying again later", version=version_id, error=str(error.orig))
        repository.postpone(connection, version_id, _DATABASE_PAUSE_SECONDS)
        return None
    return admitted.job_id


def room_for_waiting(connection: Connection) -> int:
    """Return for how many versions that were published earlier renders may be asked for now.

    Half of the places are left to those that are being published, so that they never wait for thousands before them.
    """
    return max(0, _max_renders(connection) // 2 - repository.count_waiting(connection, PUBLISHER))


def _max_renders(connection: Connection) -> int:
    return min(_MAX_RENDERS, _RENDERS_PER_SLOT * max(1, count_slots(connection)))
