"""The slots of one worker: each claims the next job, has a child render it, stores the map, records the result."""

import contextlib
import hashlib
import math
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

import redis
import structlog
from isal import igzip
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from xatra_render_worker.pool.attempt import Attempt, ChildLostError, Ended, NotBegunError, Stop, sealed_memory
from xatra_render_worker.pool.leases import HeldLease, LeaseKeeper
from xatra_render_worker.pool.parent import ParentLostError, WarmParent
from xatra_render_worker.renderer.assets import asset_names
from xatra_render_worker.settings import RenderWorkerSettings
from xatra_render_worker.telemetry.renders import RenderTelemetry
from xatra_shared.artifacts.store import ArtefactStore, ObjectMissing, StoreUnavailable
from xatra_shared.queue import claim_repository, events
from xatra_shared.queue.model import Engine as RenderEngine
from xatra_shared.queue.model import Job, LostJobs, Result, State
from xatra_shared.queue.objects import hold_object

_log = structlog.get_logger(__name__)

_GZIP_LEVEL = 2  # ISA-L's: within 10 % of zlib's 6 in size, at a fraction of its time
_SIGN_OF_LIFE_SECONDS = 5
_MOST_STILLBORN = 20  # children in a row that ended before they had a job
_LOOKS_EVERY_SECONDS = 45  # an idle slot, however slowly the database fails


@dataclass
class Connections:
    """What a worker reaches: the database, the artefact store, and Redis to tell of changes."""

    database: Engine
    store: ArtefactStore
    redis: redis.Redis


@dataclass(eq=False)
class _Generation:
    """A warm parent, what its maps are known by, and how many slots use it."""

    engine: RenderEngine
    parent: WarmParent
    users: int = 0


@dataclass
class SlotPool:
    """A worker's slots, with the warm parent that serves them; `engine` changes when other map data are taken up."""

    settings: RenderWorkerSettings
    connections: Connections
    engine: RenderEngine
    telemetry: RenderTelemetry = field(default_factory=RenderTelemetry)
    worker_id: str = field(default_factory=lambda: f"{socket.gethostname()}:{os.getpid()}:{os.urandom(4).hex()}")

    def __post_init__(self) -> None:
        self._stopping = threading.Event()
        self._work = threading.Semaphore(0)
        self._generation_lock = threading.Lock()
        # The kernel kills a warm parent as soon as the thread that started it ends: this one outlives the slots.
        self._starter = ThreadPoolExecutor(1, thread_name_prefix="starter")
        self._hashing = ThreadPoolExecutor(self.settings.slots, thread_name_prefix="hashing")
        self._generation = _Generation(self.engine, self._warm_parent())
        self._leases = LeaseKeeper(self.connections.database, lease_seconds=self.settings.lease_seconds)
        self._last_reaped = 0.0
        self._slots = [
            threading.Thread(target=self._serve, name=f"slot-{number}", daemon=True)
            for number in range(self.settings.slots)
        ]
        self._threads = [*self._slots, threading.Thread(target=self._show_life, name="sign-of-life", daemon=True)]
        self._last_looks = dict.fromkeys((slot.name for slot in self._slots), 0.0)

    @property
    def parent(self) -> WarmParent:
        """The warm parent of what is claimed from now on."""
        return self._generation.parent

    def start(self) -> None:
        """Say that this worker exists, and begin."""
        self._register()
        for thread in self._threads:
            thread.start()

    def take_up(self, data_version: str) -> None:
        """Render what is claimed from now on with the map data that are there now, by a warm parent of their own.

        What runs comes to its end with the former one.

        Args:
            data_version: Of the data that are there now.

        Raises:
            ParentLostError: They cannot be rendered with; the former parent goes on.
        """
        engine = replace(self.engine, data_version=data_version)
        generation = _Generation(engine, self._warm_parent())
        with self._generation_lock:
            former, self._generation, self.engine = self._generation, generation, engine
            is_used = former.users > 0
        if not is_used:
            former.parent.stop()
        with contextlib.suppress(SQLAlchemyError):  # the next sign of life tells as well
            self._register()

    def wake(self) -> None:
        """Have an idle slot look for work now."""
        self._work.release()

    def consumes(self) -> bool:
        """Tell whether every slot renders or looks for work; stopping is no fault."""
        earliest = time.monotonic() - _LOOKS_EVERY_SECONDS
        return self._stopping.is_set() or all(
            slot.is_alive() and self._last_looks[slot.name] > earliest for slot in self._slots
        )

    def drain(self) -> None:
        """Claim nothing any more; what runs may go on."""
        self._stopping.set()
        for _ in self._threads:
            self._work.release()

    def stop(self) -> None:
        """Let what runs come to its end within the grace period, give the rest back, and end every process."""
        self.drain()
        deadline = time.monotonic() + self.settings.grace_seconds
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        self._leases.stop_all(Stop.DRAINED)
        for thread in self._threads:
            thread.join(timeout=5)
        self._leases.close()
        self.parent.stop()
        self._starter.shutdown()
        self._hashing.shutdown()
        with contextlib.suppress(SQLAlchemyError), self.connections.database.begin() as connection:
            claim_repository.remove_worker(connection, self.worker_id)

    def _warm_parent(self) -> WarmParent:
        return self._starter.submit(
            WarmParent,
            data_home=self.settings.map_data,
            preload_bytes=self.settings.preload_bytes,
            warm_up_seconds=self.settings.warm_up_seconds,
            ready_children=self.settings.slots + 1,  # one in reserve: others are made after a render, not beside it
            sandbox=self.settings.sandbox,
            max_landlock_abi=self.settings.landlock_max_abi,
        ).result()

    def _show_life(self) -> None:
        while not self._stopping.wait(_SIGN_OF_LIFE_SECONDS):
            try:
                self._register()
            except SQLAlchemyError as error:
                _log.warning("sign of life not given", error=str(error))

    def _register(self) -> None:
        with self.connections.database.begin() as connection:
            claim_repository.register_worker(connection, self.worker_id, self.engine, self.settings.slots)

    def _serve(self) -> None:
        while not self._stopping.is_set():
            try:
                with self._live_generation() as generation:  # a slot that could not render is none that consumes
                    self._last_looks[threading.current_thread().name] = time.monotonic()
                    is_busy = self._serve_next(generation)
            except SQLAlchemyError as error:
                _log.warning("no job claimed", error=str(error))
                is_busy = False
            except Exception:  # noqa: BLE001 - a slot lives on; the lease brings its job back
                _log.exception("a slot stumbled")
                is_busy = False
            if not is_busy:
                self._work.acquire(timeout=self.settings.idle_poll_seconds)

    @contextlib.contextmanager
    def _live_generation(self) -> Iterator[_Generation]:
        """Give what to claim and render with, with another warm parent where that died; it lives while it is used."""
        with self._generation_lock:
            if self._generation.parent.process.poll() is not None:
                self._generation = _Generation(self.engine, self._warm_parent())
            generation = self._generation
            generation.users += 1
        try:
            yield generation
        finally:
            with self._generation_lock:
                generation.users -= 1
                is_over = generation is not self._generation and not generation.users
            if is_over:
                generation.parent.stop()

    def _serve_next(self, generation: _Generation) -> bool:
        """Claim and render one job; False when there was none."""
        claimed_at = time.monotonic()
        with self.connections.database.begin() as connection:
            if claimed_at - self._last_reaped > self.settings.idle_poll_seconds:
                self._last_reaped = claimed_at
                lost = claim_repository.reap(connection)
            else:
                lost = LostJobs([], 0)
            job = claim_repository.claim(connection, self.worker_id, generation.engine, self.settings.lease_seconds)
        self.telemetry.lost(lost)
        events.announce(self.connections.redis, lost.ids)
        if job is None:
            return False
        lease = self._leases.hold(job, claimed_at=claimed_at)
        events.announce(self.connections.redis, [job.id], started=True)
        self._last_looks[threading.current_thread().name] = math.inf
        try:
            with self.telemetry.following(job):
                self._render(job, lease, generation.parent)
        finally:
            self._leases.drop(lease)
        events.announce(self.connections.redis, [job.id])
        generation.parent.fill()  # only now: making a child takes longer than many a render, and nobody waits for this one
        return True

    def _render(self, job: Job, lease: HeldLease, parent: WarmParent) -> None:
        try:
            ended, run_seconds = self._attempt(job, lease, parent)
        except ParentLostError as error:
            _log.warning("no child to render with", why=str(error))  # nothing has seen the program: no attempt was made
            self._insist(lambda connection: claim_repository.release(connection, job.id, job.attempt))
            return
        except ChildLostError:
            _log.warning("the warm parent vanished")
            self.telemetry.lost(self._insist(lambda connection: claim_repository.lose(connection, job.id, job.attempt)))
            return
        except (ObjectMissing, StoreUnavailable) as error:
            _log.warning("files not readable", error=str(error))
            self._record(job, _service_failure("The files of this render could not be read. Upload them again."))
            return
        if ended.stop in (Stop.LEASE_LOST, Stop.DRAINED):
            _log.warning("render given back", why=ended.stop.name)
            self._insist(lambda connection: claim_repository.release(connection, job.id, job.attempt))
        else:
            self._conclude(job, ended, run_seconds)

    def _attempt(self, job: Job, lease: HeldLease, parent: WarmParent) -> tuple[Ended, float]:
        """Have a child render a job; return how it ended, and after how many seconds by our own clock."""
        with self._files(job) as descriptors:
            for _ in range(_MOST_STILLBORN):
                child = parent.take()
                started = time.monotonic()
                try:
                    ended = Attempt(job, child, descriptors, wanted=lease.wanted).run()
                except NotBegunError:  # no program is to blame for that
                    parent.fill()
                else:
                    return ended, time.monotonic() - started
        parent.give_up()
        raise ParentLostError("the warm parent's children end before they have a job")

    @contextlib.contextmanager
    def _files(self, job: Job) -> Iterator[dict[str, int]]:
        descriptors: dict[str, int] = {}
        try:
            for name, sha256 in (job.request.bundle.get("files", {}) | job.request.files).items():
                descriptors[name] = sealed_memory(sha256, self.connections.store.get_file(sha256))
            yield descriptors
        finally:
            for descriptor in descriptors.values():
                os.close(descriptor)

    def _conclude(self, job: Job, ended: Ended, run_seconds: float) -> None:
        timings = {"queued_seconds": job.queued_seconds, "run_seconds": run_seconds}
        if ended.stop is Stop.CANCELLED:
            self._record(job, Result(State.CANCELLED, output=ended.output, timings=timings))
            return
        if ended.html is None:
            error = ended.error.model_dump() if ended.error else None
            self._record(
                job,
                Result(
                    State.TIMED_OUT if ended.stop is Stop.WALL else State.FAILED,
                    error={"by": "limit" if ended.is_limit else "author", **error} if error else None,
                    warnings=list(ended.warnings),
                    output=ended.output,
                    timings=timings,
                ),
            )
            return
        started = time.monotonic()
        hashing = self._hashing.submit(hashlib.sha256, ended.html)  # beside the compression, on another core
        compressed = igzip.compress(ended.html, _GZIP_LEVEL)
        sha256 = hashing.result().hexdigest()
        try:
            self.connections.store.put_artefact(sha256, compressed)
        except StoreUnavailable as error:
            _log.exception("artefact not stored", error=str(error))
            self._record(
                job, _service_failure("The map was rendered, but there is no room to keep it. Try again later.")
            )
            return
        timings["store_seconds"] = time.monotonic() - started
        result = Result(
            State.SUCCEEDED,
            artefact_sha256=sha256,
            warnings=list(ended.warnings),
            output=ended.output,
            timings=timings,
        )
        size_bytes = len(ended.html)

        def add_artefact(connection: Connection) -> None:
            hold_object(connection, sha256)
            if not self.connections.store.artefact_exists(sha256):
                self.connections.store.put_artefact(sha256, compressed)
            claim_repository.add_artefact(
                connection,
                sha256,
                size_bytes=size_bytes,
                stored_bytes=len(compressed),
                asset_names=list(asset_names()),
            )

        self._record(job, result, add_artefact)

    def _record(self, job: Job, result: Result, add_artefact: Callable[[Connection], None] | None = None) -> None:
        def record(connection: Connection) -> bool:
            if add_artefact:
                add_artefact(connection)
            return claim_repository.finish(connection, job.id, job.attempt, result)

        if self._insist(record):
            self.telemetry.ended(result)
        else:
            _log.warning("result dropped: the lease was lost")

    def _insist[T](self, act: Callable[[Connection], T]) -> T:
        """Do something in a transaction, again while the database is away; whether we still may, the lease says."""
        deadline = time.monotonic() + self.settings.lease_seconds
        while True:
            try:
                with self.connections.database.begin() as connection:
                    return act(connection)
            except OperationalError as error:
                if time.monotonic() > deadline:
                    raise
                _log.warning("database away, trying again", error=str(error))
                time.sleep(0.2)


def _service_failure(message: str) -> Result:
    error = {"by": "service", "type": "ServiceFailure", "message": message, "line": None, "traceback": ""}
    return Result(State.FAILED, error=error)
