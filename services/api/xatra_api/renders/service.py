"""The rules of renders over HTTP: who may ask for what, and what the answer says."""

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

import structlog
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from xatra_api.allowances import allowance_of, payer_of
from xatra_api.document.service import DocumentService
from xatra_api.files import repository as files
from xatra_api.imports.service import ImportService
from xatra_api.renders.metrics import RenderMetrics
from xatra_api.renders.schemas import ArtefactBody, ErrorBody, RenderBody, RenderRequestBody
from xatra_api.renders.watch import Change, RenderWatcher
from xatra_api.resources import Resources
from xatra_shared.bundles import Part
from xatra_shared.durations import in_words
from xatra_shared.http.problems import Problem
from xatra_shared.identity.callers import Caller
from xatra_shared.queue import admission, events, repository
from xatra_shared.queue.model import Asker, Engine, Origin, Render, RenderRequest, State
from xatra_shared.queue.predictions import Load
from xatra_shared.telemetry.traces import current_traceparent

_log = structlog.get_logger(__name__)

_FIRST_VERSION: Final = 1  # of a job, as long as nothing happened to it
_STOPPING_SEEN_WITHIN_SECONDS: Final = 0.5
_ENGINE_KNOWN_SECONDS: Final = 1.0


class RenderNotFound(Problem):
    """No render has this id; it may be past retention."""

    status = 404
    slug = "render-not-found"
    title = "There is no such render"


class TooManyRenders(Problem):
    """The caller waits for as many renders as it may."""

    status = 429
    slug = "too-many-renders"
    title = "You are waiting for as many renders as one caller may"


class QueueFull(Problem):
    """There is no room for a new job."""

    status = 503
    slug = "queue-full"
    title = "The render queue is full"


class NoWorker(Problem):
    """No worker has ever started, so that nobody knows with what to render."""

    status = 503
    slug = "no-render-worker"
    title = "No render worker has started yet"


class RenderBudgetSpent(Problem):
    """The user has rendered as long in this month as they may."""

    status = 402
    slug = "render-budget-spent"
    title = "Your render seconds of this month are spent"


class FilesMissing(Problem):
    """The request names files that were never uploaded, or are past retention."""

    status = 422
    slug = "files-missing"
    title = "Some of the files are not here: upload them first"


class IdempotencyKeyReused(Problem):
    """The key was used before, for another request (draft-ietf-httpapi-idempotency-key-header)."""

    status = 422
    slug = "idempotency-key-reused"
    title = "This Idempotency-Key belongs to another request"


class TooManyStreams(Problem):
    """This process holds as many event streams open as it may."""

    status = 503
    slug = "too-many-streams"
    title = "Too many event streams are open"


class RenderService:
    """Renders, as one application process serves them."""

    def __init__(
        self, resources: Resources, watcher: RenderWatcher, imports: ImportService, metrics: RenderMetrics
    ) -> None:
        self._resources = resources
        self._watcher = watcher
        self._metrics = metrics
        self._imports = imports
        self._documents = DocumentService(resources.processes)
        self._streams = 0
        self._engine: Engine | None = None
        self._engine_read_at = 0.0

    async def ask(
        self, body: RenderRequestBody, caller: Caller, *, idempotency_key: str | None, wait_seconds: float
    ) -> RenderBody:
        """Admit a render, and wait for it as long as the caller likes to.

        Raises:
            Problem: Anything that makes the request one that no worker shall see.
        """
        try:
            request = await self._request_of(body, caller)
            admitted = await self._admitted(request, caller, idempotency_key)
        except Problem as problem:
            self._metrics.count_refusal(problem)
            raise
        self._metrics.count(admitted.how)
        if admitted.how == "cached":
            return await self._body(await self._get(admitted.waiter_id))
        _log.info("job queued", job=admitted.job_id, how=admitted.how)
        # For one that was joined too: a worker that looked for work while we held it has passed it by.
        waking = asyncio.create_task(run_in_threadpool(self._resources.waker.wake))
        with self._watcher.watch(admitted.job_id, version=_FIRST_VERSION, only_end=True) as change:
            render = await self._wait_for_end(admitted.waiter_id, change, wait_seconds)
        answer = await self._body(render or await self._get(admitted.waiter_id))
        await waking
        if admitted.how == "accepted" and answer.predicted_start_at:
            await self._record_prediction(admitted.waiter_id, answer.predicted_start_at)
        return answer

    async def read(self, waiter_id: UUID, *, wait_seconds: float) -> RenderBody:
        """Return a render, once it is final or the time is up.

        Raises:
            RenderNotFound: There is none of this id.
        """
        render = await self._get(waiter_id)
        if not render.state.is_final:
            with self._watcher.watch(render.job_id, version=render.job_version, only_end=True) as change:
                render = await self._wait_for_end(waiter_id, change, wait_seconds) or await self._get(waiter_id)
        return await self._body(render)

    async def cancel(self, waiter_id: UUID) -> RenderBody:
        """End this waiter's interest; what has ended stays as it is.

        Raises:
            RenderNotFound: There is none of this id.
        """
        async with self._resources.engine.begin() as connection:
            job_id = await connection.run_sync(repository.detach, waiter_id)
        if job_id is not None:
            await events.announce_async(self._resources.redis, job_id)
        return await self._body(await self._get(waiter_id))

    async def follow(self, waiter_id: UUID, *, seen_version: int | None) -> AsyncIterator[tuple[int, RenderBody]]:
        """Yield a render with its version, now and after every change, until it is final or the process stops.

        Args:
            waiter_id: Whose render.
            seen_version: The version that the listener has; the first answer waits for a newer one.

        Raises:
            RenderNotFound: There is none of this id.
            TooManyStreams: This process holds as many streams as it may.
        """
        render = await self._get(waiter_id)
        if self._streams >= self._resources.settings.max_event_streams:
            raise TooManyStreams(headers={"Retry-After": "5"})
        return self._changes(render, seen_version)

    async def _changes(self, render: Render, seen_version: int | None) -> AsyncIterator[tuple[int, RenderBody]]:
        self._streams += 1
        try:
            body = await self._body(render)
            if render.version != seen_version:
                yield render.version, body
            told = (render.version, body.position)
            with self._watcher.watch(render.job_id, version=render.job_version, position=body.position) as change:
                while not (render.state.is_final or self._resources.stopping.is_set()):
                    if not await change.wait(_STOPPING_SEEN_WITHIN_SECONDS):
                        continue
                    render = await self._get(render.id)
                    body = await self._body(render)
                    # So that the watcher's look does not tell again of what Redis has told.
                    change.version, change.position = render.job_version, body.position
                    if told != (told := (render.version, body.position)):
                        yield render.version, body
        finally:
            self._streams -= 1

    async def _request_of(self, body: RenderRequestBody, caller: Caller) -> RenderRequest:
        program = await self._program_of(body)
        resolved = await self._imports.bundle(
            program,
            caller=caller,
            library=_part("library", body.library),
            theme=_part("theme", body.theme),
            files=body.files,
        )
        return RenderRequest(program, resolved.bundle, body.files)

    async def _program_of(self, body: RenderRequestBody) -> str:
        if body.document is not None:
            return await self._documents.program_of(body.document)
        return body.program or ""

    async def _admitted(
        self, request: RenderRequest, caller: Caller, idempotency_key: str | None
    ) -> admission.Admitted:
        try:
            async with self._resources.engine.begin() as connection:
                return await connection.run_sync(self._admit, request, caller, idempotency_key)
        except admission.TooManyRendersError as error:
            headers = {"Retry-After": str(await self._retry_after())}
            raise TooManyRenders(
                f"At most {error.limit}; wait for one to end.", headers=headers, limit=error.limit
            ) from None
        except admission.BudgetSpentError as error:
            budget = error.budget
            raise RenderBudgetSpent(
                f"There are new ones on {budget.renews_at:%d %B}. Maps that are known cost nothing.",
                monthly_seconds=budget.monthly_seconds,
                spent_seconds=budget.spent_seconds,
                reserved_seconds=budget.reserved_seconds,
                renews_at=budget.renews_at.isoformat(),
            ) from None
        except admission.QueueFullError:
            seconds = await self._retry_after()
            raise QueueFull(f"Try again in {in_words(seconds)}.", headers={"Retry-After": str(seconds)}) from None

    def _admit(
        self, connection: Connection, request: RenderRequest, caller: Caller, idempotency_key: str | None
    ) -> admission.Admitted:
        settings = self._resources.settings
        allowance = allowance_of(caller, settings)
        engine = self._current_engine(connection)
        read = {*request.files.values(), *request.bundle.get("files", {}).values()}
        if read and (missing := files.missing(connection, read)):
            raise FilesMissing(errors=[{"sha256": sha256} for sha256 in sorted(missing)])
        request_id = structlog.contextvars.get_contextvars().get("request_id")
        try:
            return admission.admit(
                connection,
                request,
                Asker(caller.id, caller.network, payer_of(caller)),
                limits=allowance.limits,
                policy=admission.Policy(
                    caller_active=allowance.active_renders,
                    address_active=allowance.network_active_renders,
                    queue_capacity=settings.queue_capacity,
                ),
                engine=engine,
                origin=Origin(request_id, current_traceparent()),
                idempotency_key=idempotency_key,
            )
        except admission.IdempotencyKeyReusedError:
            raise IdempotencyKeyReused from None

    def _current_engine(self, connection: Connection) -> Engine:
        """Return what workers render with, as it was a second ago at most: a claim corrects what has changed since."""
        if self._engine is None or time.monotonic() - self._engine_read_at > _ENGINE_KNOWN_SECONDS:
            self._engine = repository.current_engine(connection)
            self._engine_read_at = time.monotonic()
        if self._engine is None:
            raise NoWorker("It will be here in a moment.", headers={"Retry-After": "2"})
        return self._engine

    async def _retry_after(self) -> int:
        return (await self._watcher.load()).retry_after_seconds

    async def _record_prediction(self, waiter_id: UUID, start_at: datetime) -> None:
        """Keep what the caller is told of its start, so that the claim can tell how far off it was."""
        try:
            async with self._resources.engine.begin() as connection:
                seconds = (start_at - datetime.now(UTC)).total_seconds()
                await connection.run_sync(repository.record_prediction, waiter_id, seconds)
        except SQLAlchemyError as error:  # the render does not depend on it
            _log.warning("prediction not recorded", error=str(error))

    async def _get(self, waiter_id: UUID) -> Render:
        async with self._resources.engine.connect() as connection:
            render = await connection.run_sync(repository.get_render, waiter_id)
        if render is None:
            raise RenderNotFound
        return render

    async def _wait_for_end(self, waiter_id: UUID, change: Change, seconds: float) -> Render | None:
        """Return a render once it is final; None where the time is up or the process stops before that."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0 and not self._resources.stopping.is_set():
            if await change.wait(min(left, _STOPPING_SEEN_WITHIN_SECONDS)):
                render = await self._get(waiter_id)
                if render.state.is_final:
                    return render
        return None

    async def _body(self, render: Render) -> RenderBody:
        if render.state.is_final:
            load = None
        else:
            load = await self._watcher.load(queued_job_id=render.job_id if render.state is State.QUEUED else None)
        return to_body(render, load, artefacts_url=self._resources.settings.artefacts_url)


def _part(name: str, source: str) -> Part | None:
    return Part(name=name, source=source) if source else None


def to_body(render: Render, load: Load | None, *, artefacts_url: str) -> RenderBody:
    """Return a render's form on the wire; `load` is needed while it is not final."""
    position = start = finish = None
    now = datetime.now(UTC)
    if load:
        if render.state is State.QUEUED:  # it may have started since the queue was measured
            position = load.positions.get(render.job_id)
            start = _after(now, load.start_seconds.get(render.job_id))
        finish = _after(now, load.finish_seconds.get(render.job_id))
    artefact = None
    if render.state is State.SUCCEEDED:
        artefact = ArtefactBody(
            sha256=render.artefact_sha256 or "",
            url=f"{artefacts_url}/{render.artefact_sha256}",
            size_bytes=render.artefact_bytes or 0,
        )
    return RenderBody(
        id=render.id.hex,
        state=render.state.value,
        position=position,
        predicted_start_at=start,
        predicted_finish_at=finish,
        cached=render.cached,
        artefact=artefact,
        error=ErrorBody(**render.error) if render.error else None,
        warnings=render.warnings,
        output=render.output,
        timings=render.timings,
    )


def _after(now: datetime, seconds: float | None) -> datetime | None:
    return None if seconds is None else now + timedelta(seconds=seconds)
