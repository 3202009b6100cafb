"""Keeps the leases of running jobs alive, and learns which of them nobody wants any more."""

import threading
import time
from dataclasses import dataclass, field

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from xatra_render_worker.pool.attempt import Stop
from xatra_shared.queue import claim_repository
from xatra_shared.queue.model import Job

_log = structlog.get_logger(__name__)

_CANCEL_POLL_SECONDS = 0.4  # cancelling shall take effect within a second
_MARGIN_SECONDS = 1.0  # by how much earlier than the database's our own clock gives up


@dataclass
class HeldLease:
    """Our claim on one job, on our own monotonic clock."""

    job: Job
    valid_until: float
    stop: Stop | None = None
    renewed_at: float = field(default_factory=time.monotonic)

    def wanted(self) -> Stop | None:
        """Return why the render must stop, or None while it may go on."""
        if self.stop is None and time.monotonic() > self.valid_until:
            self.stop = Stop.LEASE_LOST
        return self.stop


class LeaseKeeper:
    """One thread that asks the database on behalf of all slots. While the database is away, leases just run out."""

    def __init__(self, engine: Engine, *, lease_seconds: float) -> None:
        self._engine = engine
        self._lease_seconds = lease_seconds
        self._held: dict[int, HeldLease] = {}
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, name="leases", daemon=True)
        self._thread.start()

    def hold(self, job: Job, *, claimed_at: float) -> HeldLease:
        """Keep a job that was claimed at this monotonic time, until `drop`."""
        lease = HeldLease(job, claimed_at + self._lease_seconds - _MARGIN_SECONDS)
        with self._lock:
            self._held[job.id] = lease
        return lease

    def drop(self, lease: HeldLease) -> None:
        """Let a lease be."""
        with self._lock:
            self._held.pop(lease.job.id, None)

    def stop_all(self, reason: Stop) -> None:
        """Have every running render stop."""
        with self._lock:
            for lease in self._held.values():
                lease.stop = lease.stop or reason

    def close(self) -> None:
        """End the thread."""
        self._closed.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._closed.wait(_CANCEL_POLL_SECONDS):
            with self._lock:
                held = list(self._held.values())
            if not held:
                continue
            try:
                self._look(held)
            except SQLAlchemyError as error:
                _log.warning("leases not renewed", error=str(error))

    def _look(self, held: list[HeldLease]) -> None:
        asked_at = time.monotonic()
        renewed = []
        with self._engine.begin() as connection:
            unwanted = claim_repository.cancel_requests(connection, [lease.job.id for lease in held])
            for lease in held:
                if lease.job.id in unwanted:
                    lease.stop = lease.stop or Stop.CANCELLED
                elif asked_at - lease.renewed_at > self._lease_seconds / 3:
                    if claim_repository.renew(connection, lease.job.id, lease.job.attempt, self._lease_seconds):
                        renewed.append(lease)
                    else:
                        lease.stop = lease.stop or Stop.LEASE_LOST
        for lease in renewed:  # only now is it true
            lease.renewed_at = asked_at
            lease.valid_until = asked_at + self._lease_seconds - _MARGIN_SECONDS
