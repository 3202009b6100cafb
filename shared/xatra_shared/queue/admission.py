"""Lets renders into the queue: known answers at once, equal ones together, the rest up to what callers may ask."""

import secrets
from dataclasses import dataclass
from math import ceil
from uuid import UUID

from sqlalchemy import Connection

from xatra_shared.queue import repository
from xatra_shared.queue.model import Asker, Engine, Limits, RenderRequest


@dataclass(frozen=True)
class Policy:
    """How much may wait.

    Attributes:
        caller_active: Renders that one caller may be waiting for.
        address_active: Renders that all callers of one network may be waiting for.
        queue_capacity: Jobs that may wait for a slot, everyone's together.
    """

    caller_active: int
    address_active: int
    queue_capacity: int


@dataclass(frozen=True)
class Admitted:
    """A caller's place; `new_job_id` where it is a job of its own, which a worker has to hear of."""

    waiter_id: UUID
    new_job_id: int | None = None


class TooManyRendersError(Exception):
    """This caller waits for as many renders as it may."""

    def __init__(self, limit: int, retry_after_seconds: int) -> None:
        super().__init__(f"at most {limit} renders at a time")
        self.limit = limit
        self.retry_after_seconds = retry_after_seconds


class QueueFullError(Exception):
    """The queue holds as many jobs as it may."""

    def __init__(self, retry_after_seconds: int) -> None:
        super().__init__("the render queue is full")
        self.retry_after_seconds = retry_after_seconds


class IdempotencyKeyReusedError(Exception):
    """The caller used this key before, for something else."""


def admit(
    connection: Connection,
    request: RenderRequest,
    asker: Asker,
    *,
    limits: Limits,
    policy: Policy,
    engine: Engine,
    idempotency_key: str | None = None,
) -> Admitted:
    """Give a caller a waiter on the job that answers its request, in the caller's transaction.

    Raises:
        TooManyRendersError: The caller, or its network, is at its limit. A known answer never meets it.
        QueueFullError: A new job is needed and there is no room for it.
        IdempotencyKeyReusedError: The key belongs to another request.
    """
    key = request.key(engine)
    digest = request.digest

    def wait_for(job_id: int, *, cached: bool = False, is_new: bool = False) -> Admitted:
        waiter_id = UUID(bytes=secrets.token_bytes(16))
        repository.add_waiter(
            connection,
            waiter_id,
            job_id,
            asker,
            cached=cached,
            idempotency_key=idempotency_key,
            request_digest=digest,
        )
        return Admitted(waiter_id, job_id if is_new else None)

    if idempotency_key is not None:
        repository.lock(connection, f"caller:{asker.caller}")
        if earlier := repository.find_by_idempotency_key(connection, asker.caller, idempotency_key):
            waiter_id, earlier_digest = earlier
            if earlier_digest != digest:
                raise IdempotencyKeyReusedError
            return Admitted(waiter_id)

    if known := repository.find_result(connection, key):
        return wait_for(known, cached=True)

    repository.lock(connection, f"caller:{asker.caller}", f"address:{asker.address}")
    by_caller, by_address = repository.count_active(connection, asker)
    if by_caller >= policy.caller_active or by_address >= policy.address_active:
        limit = min(policy.caller_active, policy.address_active)
        raise TooManyRendersError(limit, _retry_after_seconds(connection))

    repository.lock(connection, "queue")
    # In this order: a job that ends between the two questions has then left its result.
    if in_flight := repository.find_in_flight(connection, key, limits):
        return wait_for(in_flight)
    if known := repository.find_result(connection, key):
        return wait_for(known, cached=True)
    if repository.count_queued(connection) >= policy.queue_capacity:
        raise QueueFullError(_retry_after_seconds(connection))
    return wait_for(repository.add_job(connection, request, limits, engine), is_new=True)


def _retry_after_seconds(connection: Connection) -> int:
    """Return after how many seconds the next render will probably have ended, and made room."""
    return max(1, ceil(repository.measure_load(connection).next_end_seconds))
