"""Lets renders into the queue: known answers at once, equal ones together, the rest up to what callers may ask."""

import secrets
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from sqlalchemy import Connection

from xatra_shared.queue import budget_repository, repository
from xatra_shared.queue.model import Asker, Budget, Engine, Limits, Origin, RenderRequest


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
    """A caller's place.

    Attributes:
        waiter_id: By which the caller asks for the render.
        job_id: What it waits for.
        how: A new job, one under way, or an answer that was known.
    """

    waiter_id: UUID
    job_id: int
    how: Literal["accepted", "joined", "cached"]


class TooManyRendersError(Exception):
    """This caller waits for as many renders as it may."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"at most {limit} renders at a time")
        self.limit = limit


class QueueFullError(Exception):
    """The queue holds as many jobs as it may."""


class BudgetSpentError(Exception):
    """The user has nothing left of this month's budget."""

    def __init__(self, budget: Budget) -> None:
        super().__init__("the month's budget is spent")
        self.budget = budget


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
    origin: Origin | None = None,
    idempotency_key: str | None = None,
) -> Admitted:
    """Give a caller a waiter on the job that answers its request, in the caller's transaction.

    Only who makes a job pays for it: answers that are known, and joining, cost nothing.

    Raises:
        TooManyRendersError: The caller, or its network, is at its limit. A known answer never meets it.
        QueueFullError: A new job is needed and there is no room for it.
        BudgetSpentError: A new job is needed and the payer's budget does not hold it.
        IdempotencyKeyReusedError: The key belongs to another request.
    """
    key = request.key(engine)
    waiter = repository.Waiter(
        UUID(bytes=secrets.token_bytes(16)), asker.caller, asker.address, idempotency_key, request.digest
    )

    def answered(job_id: int) -> Admitted:
        repository.add_waiter(connection, waiter, job_id, cached=True)
        return Admitted(waiter.id, job_id, "cached")

    if earlier := _asked_before(connection, waiter):
        return earlier
    if known := repository.find_result(connection, key):
        return answered(known)

    repository.lock(connection, f"caller:{asker.caller}", f"address:{asker.address}", "queue")
    standing = repository.get_standing(connection, asker, key, limits)
    if standing.by_caller >= policy.caller_active or standing.by_address >= policy.address_active:
        raise TooManyRendersError(min(policy.caller_active, policy.address_active))
    if standing.in_flight:
        repository.add_waiter(connection, waiter, standing.in_flight, cached=False)
        return Admitted(waiter.id, standing.in_flight, "joined")
    if standing.queued < policy.queue_capacity:
        if asker.payer and (budget := budget_repository.get_budget(connection, asker.payer)).is_spent:
            raise BudgetSpentError(budget)
        origin = origin or Origin()
        if job_id := repository.add_job(connection, request, limits, engine, origin, waiter, asker.payer):
            return Admitted(waiter.id, job_id, "accepted")
    # A job that ended meanwhile, so that it is no longer in flight, has left its result.
    if known := repository.find_result(connection, key):
        return answered(known)
    raise QueueFullError


def _asked_before(connection: Connection, waiter: repository.Waiter) -> Admitted | None:
    """Return the place that the caller got when it used its idempotency key first."""
    if waiter.idempotency_key is None:
        return None
    repository.lock(connection, f"caller:{waiter.caller}")
    earlier = repository.find_by_idempotency_key(connection, waiter.caller, waiter.idempotency_key)
    if earlier is None:
        return None
    if earlier.request_digest != waiter.request_digest:
        raise IdempotencyKeyReusedError
    return Admitted(earlier.id, earlier.job_id, "cached" if earlier.is_final else "joined")
