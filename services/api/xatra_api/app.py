"""Puts the api together: one application per call, with everything that it holds."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from typing import Any, Final

import redis.asyncio
from fastapi import APIRouter, FastAPI
from fastapi.openapi.utils import get_openapi
from prometheus_client import CollectorRegistry
from prometheus_client.registry import Collector
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware

from xatra_api import docs
from xatra_api.artefacts import endpoints as artefacts
from xatra_api.errors import PROBLEM_RESPONSES, PROBLEM_SCHEMA, install_error_handlers
from xatra_api.files import endpoints as files
from xatra_api.guests import endpoints as guests
from xatra_api.health import endpoints as health
from xatra_api.health.service import HealthChecks
from xatra_api.renders import endpoints as renders
from xatra_api.renders.service import RenderService
from xatra_api.renders.watch import RenderWatcher
from xatra_api.resources import Resources
from xatra_api.settings import ApiSettings
from xatra_shared.artifacts.store import open_store
from xatra_shared.database.engine import make_async_engine, make_engine
from xatra_shared.http.guards import BodyRule, HostGuard, SecurityHeaders, WriteGuard
from xatra_shared.http.requests import RequestLog
from xatra_shared.http.shutdown import set_on_stop_signal
from xatra_shared.identity.guests import GuestKeys
from xatra_shared.queue.wake import Waker
from xatra_shared.telemetry.database import measure_database
from xatra_shared.telemetry.host import HostCollector, disks_of
from xatra_shared.telemetry.queue import QueueCollector
from xatra_shared.telemetry.requests import RequestTelemetry
from xatra_shared.telemetry.traces import Tracing, open_tracing

# The routers of the features; each gives its addresses below `/xatra/api`.
_ROUTERS: Final[tuple[APIRouter, ...]] = (
    artefacts.router,
    docs.router,
    files.router,
    guests.router,
    health.public_router,
    renders.router,
)


def create_app(settings: ApiSettings) -> FastAPI:
    """Return the api for `settings`; its lifespan opens what it needs and closes it again."""
    metrics = CollectorRegistry()
    tracing = open_tracing("xatra-api", settings)
    app = FastAPI(
        title="Xatra Web",
        version=settings.release,
        openapi_url=f"{settings.api_path}/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        responses=PROBLEM_RESPONSES,
        middleware=_middleware(settings, metrics, tracing),
        lifespan=_lifespan,
    )
    app.state.settings = settings
    app.state.metrics = metrics
    app.state.tracing = tracing
    install_error_handlers(app)
    for router in _ROUTERS:
        app.include_router(router, prefix=settings.api_path)
    app.include_router(health.inside_router)
    app.openapi = lambda: _openapi(app)  # type: ignore[method-assign] # FastAPI's documented way
    return app


def _openapi(app: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI document, made once, with the form of problems in it."""
    if app.openapi_schema is None:
        document = get_openapi(title=app.title, version=app.version, routes=app.routes)
        document.setdefault("components", {}).setdefault("schemas", {})["Problem"] = PROBLEM_SCHEMA
        app.openapi_schema = document
    return app.openapi_schema


def _middleware(settings: ApiSettings, metrics: CollectorRegistry, tracing: Tracing) -> list[Middleware]:
    """Return what stands around the routes, the outermost first."""
    layers = [
        Middleware(SecurityHeaders),
        Middleware(RequestTelemetry, registry=metrics, tracer=tracing.tracer, silent_paths=health.INSIDE_PATHS),
        Middleware(RequestLog, silent_paths=health.INSIDE_PATHS),
        Middleware(HostGuard, allowed_hosts=settings.allowed_hosts, exempt_paths=health.INSIDE_PATHS),
    ]
    if settings.cors_origins:
        layers.append(
            Middleware(
                CORSMiddleware,
                allow_origins=settings.cors_origins,
                allow_credentials=True,
                allow_methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
                allow_headers=["Content-Type", "X-CSRF-Token", "Prefer", "Idempotency-Key", "If-Match", "X-Request-ID"],
                expose_headers=["Location", "Retry-After", "X-Request-ID", "ETag", "Preference-Applied"],
            )
        )
    layers.append(
        Middleware(
            WriteGuard,
            allowed_origins=settings.cors_origins,
            default_rule=BodyRule(settings.max_body_bytes),
            body_rules={f"{settings.api_path}/files": BodyRule(settings.max_file_bytes, media_types=None)},
        )
    )
    return layers


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    settings: ApiSettings = app.state.settings
    async with AsyncExitStack() as stack:
        stack.push_async_callback(run_in_threadpool, app.state.tracing.close)
        engine = make_async_engine(settings.database_url.get_secret_value(), application_name="xatra-api")
        stack.push_async_callback(engine.dispose)
        measure_database(engine.sync_engine, app.state.metrics, service="api")
        client = redis.asyncio.from_url(
            settings.redis_url.get_secret_value(), socket_connect_timeout=1, socket_timeout=5, health_check_interval=30
        )
        stack.push_async_callback(client.aclose)
        previous = settings.guest_secret_previous
        resources = Resources(
            settings=settings,
            engine=engine,
            redis=client,
            store=open_store(settings.artefact_store_url),
            metrics=app.state.metrics,
            collectors=stack.enter_context(_collectors(settings)),
            waker=Waker(settings.redis_url.get_secret_value()),
            guest_keys=GuestKeys(
                settings.guest_secret.get_secret_value(), previous.get_secret_value() if previous else None
            ),
            stopping=asyncio.Event(),
        )
        stack.callback(resources.waker.close)
        watcher = await stack.enter_async_context(RenderWatcher(engine, client).running())
        app.state.render_service = RenderService(resources, watcher)
        stack.enter_context(set_on_stop_signal(resources.stopping))
        app.state.resources = resources
        app.state.health_checks = HealthChecks(resources)
        yield


@contextmanager
def _collectors(settings: ApiSettings) -> Iterator[tuple[Collector, ...]]:
    """Make what measures the queue and this machine, until the end of the block."""
    queue = QueueCollector(
        make_engine(settings.database_url.get_secret_value(), application_name="xatra-api-metrics", pool_size=1)
    )
    try:
        yield queue, HostCollector(disks_of(settings.artefact_store_url))
    finally:
        queue.close()
