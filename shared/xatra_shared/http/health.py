"""Liveness, readiness and metrics of a service over HTTP, for the inside of the network."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Final

import structlog
from redis.asyncio import Redis
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from xatra_shared.database.migrate import schema_is_current
from xatra_shared.telemetry.exposition import CONTENT_TYPE_LATEST, exposition

INSIDE_PATHS: Final = ("/healthz", "/readyz", "/metrics")
_PATIENCE_SECONDS: Final = 2
_FRESH_SECONDS: Final = 1

_log = structlog.get_logger(__name__)


class HealthChecks:
    """Checks the dependencies of one application, at most once a second, whoever asks how often."""

    def __init__(
        self,
        engine: AsyncEngine,
        redis: Redis,
        stopping: asyncio.Event,
        **others: Callable[[], Awaitable[bool]],
    ) -> None:
        """Check nothing yet.

        Args:
            engine: Asked whether it answers, and whether its schema is recent enough.
            redis: Asked whether it answers.
            stopping: Set once the process was told to stop.
            others: Further dependencies, each with what tells whether it answers; an exception counts as no.
        """
        self._engine = engine
        self._stopping = stopping
        self._checks: dict[str, Callable[[], Awaitable[bool]]] = {
            "database": lambda: self._ask(lambda _connection: True),
            "redis": redis.ping,
            "schema_current": self._schema_is_current,
            **others,
        }
        self._lock = asyncio.Lock()
        self._readiness: dict[str, bool] = {}
        self._checked_at = float("-inf")
        self._schema_was_current = False

    async def readiness(self) -> dict[str, bool]:
        """Return which dependencies answer within two seconds."""
        async with self._lock:
            if time.monotonic() - self._checked_at > _FRESH_SECONDS:
                answers = await asyncio.gather(*(self._holds(name, check) for name, check in self._checks.items()))
                self._readiness = dict(zip(self._checks, answers, strict=True))
                self._checked_at = time.monotonic()
            return self._readiness

    async def must_drain(self) -> bool:
        """Tell whether a balancer should send nobody here: only while stopping, or when the schema is too old.

        A database that does not answer is no reason: other processes could not do better.
        """
        if self._stopping.is_set():
            return True
        try:
            return not await self._schema_is_current()
        except (SQLAlchemyError, TimeoutError):
            return False

    async def _holds(self, name: str, check: Callable[[], Awaitable[bool]]) -> bool:
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                return await check()
        except Exception as error:  # noqa: BLE001 - whatever goes wrong, the answer is no
            _log.warning("not ready", dependency=name, error=f"{type(error).__name__}: {error}".partition("\n")[0])
            return False

    async def _ask(self, question: Callable[[Connection], bool]) -> bool:
        async with self._engine.connect() as connection:
            return await connection.run_sync(question)

    async def _schema_is_current(self) -> bool:
        """Ask until the answer is yes: the schema never goes back."""
        if not self._schema_was_current:
            self._schema_was_current = await self._ask(schema_is_current)
        return self._schema_was_current


def add_inside_routes(app: Starlette) -> None:
    """Let `app` answer at `INSIDE_PATHS`.

    Its state holds `settings` and `metrics`, and once it runs `health_checks` and `collectors`.
    """
    for path, answer in zip(INSIDE_PATHS, (_liveness, _readiness, _metrics), strict=True):
        app.router.add_route(path, answer, methods=["GET"], include_in_schema=False)


async def _liveness(request: Request) -> Response:
    """Say that the process lives; with `?draining`, 503 when balancers should pass it by."""
    if "draining" not in request.query_params:
        return JSONResponse({"alive": True})
    drains = await request.app.state.health_checks.must_drain()
    return JSONResponse({"alive": True, "draining": drains}, status_code=503 if drains else 200)


async def _readiness(request: Request) -> Response:
    """Say which dependencies answer: 200 if all do, else 503."""
    readiness: dict[str, bool] = await request.app.state.health_checks.readiness()
    return JSONResponse(readiness, status_code=200 if all(readiness.values()) else 503)


async def _metrics(request: Request) -> Response:
    """Return the metrics in Prometheus' text format, of all processes together."""
    state = request.app.state
    text = await run_in_threadpool(
        exposition,
        state.metrics,
        state.collectors,
        multiprocess_directory=state.settings.prometheus_multiproc_dir,
    )
    return Response(text, media_type=CONTENT_TYPE_LATEST)
