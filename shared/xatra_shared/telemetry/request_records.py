"""Keeps how requests went, for administrators: errors and slow ones all, of the others a sample, off the request path."""

import asyncio
import random
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from typing import Final
from urllib.parse import parse_qsl

import structlog
from prometheus_client import CollectorRegistry, Counter
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.datastructures import Headers
from starlette.types import Scope

from xatra_shared.telemetry import repository
from xatra_shared.telemetry.repository import RequestRecord
from xatra_shared.telemetry.requests import SERVER_ERROR, method_of, route_of

_WRITE_EVERY_SECONDS: Final = 2.0
_MAX_PENDING: Final = 500  # so that one process writes at most 250 rows a second, whoever floods it
_PATIENCE_SECONDS: Final = 5.0
_QUERY_NAME: Final = re.compile(r"[a-z_]{1,40}", re.ASCII)
_MAX_QUERY_NAMES: Final = 20

_log = structlog.get_logger(__name__)


class RequestRecorder:
    """Gathers records in memory, and writes them by the clock, in one statement.

    What does not fit, or the database does not take, is dropped and counted: no request waits for its record.

    Args:
        service: Which service answers: `api` or `auth`.
        registry: Where the counter of dropped records goes.
        slow_seconds: From when on a request is slow, until its answer begins.
        sample: The part of the other requests that is kept, 0 to 1.
    """

    def __init__(self, service: str, registry: CollectorRegistry, *, slow_seconds: float, sample: float) -> None:
        self._service = service
        self._slow_seconds = slow_seconds
        self._sample = sample
        self._chance = random.Random()  # noqa: S311 - a sample, no secret; its own, since the module's is everybody's
        self._pending: list[RequestRecord] = []
        self._dropped = Counter(
            "request_records_dropped", "Records of requests that were not written.", registry=registry
        )

    def note(self, scope: Scope, status: int, seconds: float, request_id: str | None) -> None:
        """Keep how a request went, if it is one to keep.

        Args:
            scope: The request, as the application has left it.
            status: Of its answer.
            seconds: Until the answer began.
            request_id: As the answer bears it.
        """
        is_slow = seconds >= self._slow_seconds and not _asked_to_wait(scope)
        if status >= SERVER_ERROR or is_slow:
            stands_for = 1.0
        elif self._chance.random() < self._sample:
            stands_for = 1 / self._sample
        else:
            return
        if len(self._pending) >= _MAX_PENDING:
            self._dropped.inc()
            return
        state = scope.get("state", {})
        self._pending.append(
            RequestRecord(
                started_at=datetime.fromtimestamp(time.time() - seconds, UTC),
                service=self._service,
                request_id=request_id,
                method=method_of(scope),
                route=route_of(scope),
                query_names=_query_names(scope),
                status=status,
                milliseconds=round(seconds * 1000, 2),
                is_slow=is_slow,
                stands_for=stands_for,
                user_id=state.get("user_id"),
                address=scope["client"][0] if scope.get("client") else None,
                country=state.get("country"),
            )
        )

    @asynccontextmanager
    async def running(self, engine: AsyncEngine) -> AsyncIterator[None]:
        """Write until the end of the block, and then what is left."""
        stopping = asyncio.Event()
        writing = asyncio.create_task(self._write_by_the_clock(engine, stopping))
        try:
            yield
        finally:
            stopping.set()
            await writing

    async def _write_by_the_clock(self, engine: AsyncEngine, stopping: asyncio.Event) -> None:
        while not stopping.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(stopping.wait(), _WRITE_EVERY_SECONDS)
            await self._write(engine)

    async def _write(self, engine: AsyncEngine) -> None:
        records, self._pending = self._pending, []
        if not records:
            return
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS), engine.begin() as connection:
                await connection.run_sync(repository.add_request_records, records)
        except (SQLAlchemyError, TimeoutError) as error:
            self._dropped.inc(len(records))
            _log.warning("requests not recorded", records=len(records), error=type(error).__name__)


def _asked_to_wait(scope: Scope) -> bool:
    """Tell whether the client wished to be answered late (RFC 7240, section 4.3)."""
    return "wait" in Headers(scope=scope).get("prefer", "")


def _query_names(scope: Scope) -> list[str]:
    """Return what the query is about, and nothing that anybody typed: names that look like ours, without values."""
    pairs = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    return sorted({name for name, _ in pairs if _QUERY_NAME.fullmatch(name)})[:_MAX_QUERY_NAMES]
