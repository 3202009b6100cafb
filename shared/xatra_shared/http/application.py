"""What every service over HTTP is made of: the application, what stands around its routes, and what it holds."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

import redis.asyncio
from fastapi import APIRouter, FastAPI
from fastapi.openapi.utils import get_openapi
from prometheus_client import CollectorRegistry
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware

from xatra_shared.database.engine import make_async_engine
from xatra_shared.http import docs
from xatra_shared.http.errors import PROBLEM_RESPONSES, PROBLEM_SCHEMA, install_error_handlers
from xatra_shared.http.forwarded import ForwardedHeaders
from xatra_shared.http.guards import BodyRule, HostGuard, SecurityHeaders, WriteGuard
from xatra_shared.http.health import INSIDE_PATHS, add_inside_routes
from xatra_shared.http.requests import RequestLog
from xatra_shared.http.settings import HttpSettings
from xatra_shared.http.shutdown import set_on_stop_signal
from xatra_shared.telemetry.database import DatabaseTelemetry
from xatra_shared.telemetry.request_records import RequestRecorder
from xatra_shared.telemetry.requests import RequestTelemetry
from xatra_shared.telemetry.traces import open_tracing


@dataclass(frozen=True, slots=True)
class Connections:
    """What every application holds while it runs.

    Attributes:
        engine: The database. Endpoints open the transaction: `async with engine.begin() as connection`.
        redis: Messages, events and counters; every command may fail.
        stopping: Set as soon as the process has been told to stop: streams end then.
    """

    engine: AsyncEngine
    redis: redis.asyncio.Redis
    stopping: asyncio.Event


def make_app(
    service: str,
    settings: HttpSettings,
    *,
    title: str,
    path: str,
    routers: Iterable[APIRouter],
    lifespan: Callable[[FastAPI], AbstractAsyncContextManager[None]],
    body_rules: Mapping[str, BodyRule] | None = None,
    limited_hosts: Mapping[str, tuple[str, ...]] | None = None,
) -> FastAPI:
    """Return an application; its `state` holds `service`, `settings`, `metrics` (a registry) and what measures.

    Args:
        service: Its name, such as `api`; in traces and among the database's connections it is `xatra-api`.
        settings: The settings.
        title: What the OpenAPI document calls it.
        path: Where its addresses begin, those of its documents included.
        routers: Its features; each gives its addresses below `path`.
        lifespan: Opens what it needs and closes it again; it puts `health_checks` and `collectors` into the state.
        body_rules: Path below `path` -> which bodies it takes, where those are not short JSON documents.
        limited_hosts: Hosts beside the settings' own that serve some paths alone; see `HostGuard`.
    """
    metrics = CollectorRegistry()
    recorder = RequestRecorder(
        service,
        metrics,
        slow_seconds=settings.slow_request_milliseconds / 1000,
        sample=settings.request_sample,
    )
    tracing = open_tracing(f"xatra-{service}", settings)
    guard = Middleware(
        WriteGuard,
        allowed_origins=settings.cors_origins,
        default_rule=BodyRule(settings.max_body_bytes),
        body_rules={f"{path}{below}": rule for below, rule in (body_rules or {}).items()},
    )
    app = FastAPI(
        title=title,
        version=settings.release,
        openapi_url=f"{path}/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        responses=PROBLEM_RESPONSES,
        middleware=[  # the outermost first
            Middleware(
                ForwardedHeaders, trusted_proxies=settings.trusted_proxies, country_header=settings.country_header
            ),
            Middleware(SecurityHeaders),
            Middleware(
                RequestTelemetry,
                registry=metrics,
                tracer=tracing.tracer,
                note=recorder.note,
                silent_paths=INSIDE_PATHS,
            ),
            Middleware(RequestLog, silent_paths=INSIDE_PATHS),
            Middleware(
                HostGuard,
                allowed_hosts=settings.allowed_hosts,
                exempt_paths=INSIDE_PATHS,
                limited_hosts=limited_hosts,
            ),
            *([_cors(settings)] if settings.cors_origins else []),
            guard,
        ],
        lifespan=lifespan,
    )
    app.state.service = service
    app.state.settings = settings
    app.state.metrics = metrics
    app.state.database_telemetry = DatabaseTelemetry(metrics, service=service)
    app.state.tracing = tracing
    app.state.recorder = recorder
    install_error_handlers(app)
    for router in (*routers, docs.router):
        app.include_router(router, prefix=path)
    add_inside_routes(app)
    app.openapi = lambda: _openapi(app)  # type: ignore[method-assign] # FastAPI's documented way
    return app


@asynccontextmanager
async def open_connections(app: FastAPI) -> AsyncIterator[Connections]:
    """Open what every application holds, and close it, and the application's traces, at the end of the block.

    Args:
        app: An application of `make_app`.
    """
    settings: HttpSettings = app.state.settings
    async with AsyncExitStack() as stack:
        stack.push_async_callback(run_in_threadpool, app.state.tracing.close)
        engine = make_async_engine(
            settings.database_url.get_secret_value(), application_name=f"xatra-{app.state.service}"
        )
        stack.push_async_callback(engine.dispose)
        await stack.enter_async_context(app.state.recorder.running(engine))
        app.state.database_telemetry.measure(engine.sync_engine)
        client = redis.asyncio.from_url(
            settings.redis_url.get_secret_value(), socket_connect_timeout=1, socket_timeout=5, health_check_interval=30
        )
        stack.push_async_callback(client.aclose)
        stopping = asyncio.Event()
        with set_on_stop_signal(stopping, drain_seconds=settings.drain_seconds):
            yield Connections(engine, client, stopping)


def _cors(settings: HttpSettings) -> Middleware:
    return Middleware(
        CORSMiddleware,
        allow_origins=settings.cors_origins,
        allow_credentials=True,
        allow_methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
        allow_headers=[
            "Content-Type",
            "X-CSRF-Token",
            "Prefer",
            "Idempotency-Key",
            "If-Match",
            "If-None-Match",
            "X-Request-ID",
        ],
        expose_headers=["Location", "Retry-After", "X-Request-ID", "ETag", "Preference-Applied"],
    )


def _openapi(app: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI document, made once, with the form of problems in it."""
    if app.openapi_schema is None:
        document = get_openapi(title=app.title, version=app.version, routes=app.routes)
        document.setdefault("components", {}).setdefault("schemas", {})["Problem"] = PROBLEM_SCHEMA
        app.openapi_schema = document
    return app.openapi_schema
