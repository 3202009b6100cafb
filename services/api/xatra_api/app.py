"""Puts the api together: one application per call, with everything that it holds."""

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from typing import Final

from fastapi import APIRouter, FastAPI
from prometheus_client.registry import Collector
from starlette.middleware import Middleware

from xatra_api.admin import endpoints as admin
from xatra_api.artefacts import endpoints as artefacts
from xatra_api.document import endpoints as document
from xatra_api.document.service import MAX_DOCUMENT_BYTES
from xatra_api.drafts import endpoints as drafts
from xatra_api.drafts.service import MAX_DRAFT_BYTES
from xatra_api.embedding import endpoints as embedding
from xatra_api.explore import endpoints as explore
from xatra_api.files import endpoints as files
from xatra_api.geography import endpoints as geography
from xatra_api.geography.service import Geography
from xatra_api.guests.service import HandOver
from xatra_api.health import endpoints as health
from xatra_api.health.service import health_checks
from xatra_api.hub import endpoints as hub
from xatra_api.imports import endpoints as imports
from xatra_api.imports.service import ImportService
from xatra_api.library_client import endpoints as library_client
from xatra_api.moderation import endpoints as moderation
from xatra_api.own_data import endpoints as own_data
from xatra_api.own_data.service import Eraser
from xatra_api.processes import Processes
from xatra_api.reactions import endpoints as reactions
from xatra_api.renders import endpoints as renders
from xatra_api.renders.metrics import RenderMetrics
from xatra_api.renders.service import RenderService
from xatra_api.renders.watch import RenderWatcher
from xatra_api.requests import endpoints as requests
from xatra_api.requests.profiling import Profiling
from xatra_api.resources import Resources
from xatra_api.settings import ApiSettings
from xatra_api.thumbnails import endpoints as thumbnails
from xatra_api.thumbnails.service import MAX_PICTURE_BYTES, PICTURE_TYPES
from xatra_shared.artifacts.store import open_store
from xatra_shared.database.engine import make_engine
from xatra_shared.http.application import make_app, open_connections
from xatra_shared.http.callers import open_callers
from xatra_shared.http.guards import BodyRule
from xatra_shared.http.rate_limits import RateLimits
from xatra_shared.queue.wake import Waker
from xatra_shared.telemetry.host import HostCollector, disks_of
from xatra_shared.telemetry.queue import QueueCollector

# The routers of the features; each gives its addresses below `/xatra/api`.
_ROUTERS: Final[tuple[APIRouter, ...]] = (
    admin.router,
    artefacts.router,
    document.router,
    drafts.router,
    embedding.router,
    explore.router,
    files.router,
    geography.router,
    health.router,
    hub.router,
    imports.router,
    moderation.router,
    own_data.router,
    reactions.router,
    renders.router,
    requests.router,
    thumbnails.router,
    library_client.router,  # the last: its addresses begin with anything
)


def create_app(settings: ApiSettings) -> FastAPI:
    """Return the api for `settings`; its lifespan opens what it needs and closes it again."""
    app = make_app(
        "api",
        settings,
        title="Xatra Web",
        path=settings.api_path,
        routers=_ROUTERS,
        lifespan=_lifespan,
        body_rules={
            "/document/program": BodyRule(MAX_DOCUMENT_BYTES),
            "/drafts/current": BodyRule(MAX_DRAFT_BYTES),
            "/files": BodyRule(settings.max_file_bytes, media_types=None),
            "/hub/{kind}/{name}/thumbnail": BodyRule(MAX_PICTURE_BYTES, media_types=PICTURE_TYPES),
        },
        limited_hosts=_artefact_site(settings),
    )
    app.state.render_metrics = RenderMetrics(app.state.metrics)
    app.user_middleware.append(Middleware(Profiling))  # the innermost: `add_middleware` would put it before all guards
    return app


def _artefact_site(settings: ApiSettings) -> dict[str, tuple[str, ...]]:
    """Return what the site of maps serves, if they have one: them and what they load."""
    if settings.artefact_host is None:
        return {}
    return {settings.artefact_host: (f"{settings.api_path}/artefacts/", f"{settings.api_path}/assets/")}


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    settings: ApiSettings = app.state.settings
    async with AsyncExitStack() as stack:
        connections = await stack.enter_async_context(open_connections(app))
        limits = RateLimits(settings.redis_url.get_secret_value())
        stack.push_async_callback(limits.close)
        resources = Resources(
            settings=settings,
            engine=connections.engine,
            redis=connections.redis,
            store=open_store(settings.artefact_store_url),
            waker=Waker(settings.redis_url.get_secret_value()),
            callers=await stack.enter_async_context(open_callers(connections, settings)),
            limits=limits,
            processes=Processes(),
            hand_over=HandOver(connections.engine),
            stopping=connections.stopping,
        )
        stack.callback(resources.waker.close)
        watcher = await stack.enter_async_context(RenderWatcher(connections.engine, connections.redis).running())
        await stack.enter_async_context(Eraser(connections.engine, connections.redis).running())
        app.state.resources = resources
        app.state.imports = ImportService(connections.engine, resources.processes)
        app.state.render_service = RenderService(resources, watcher, app.state.imports, app.state.render_metrics)
        app.state.geography = Geography(connections.engine)
        app.state.collectors = stack.enter_context(_collectors(settings))
        app.state.health_checks = health_checks(resources)
        yield


@contextmanager
def _collectors(settings: ApiSettings) -> Iterator[tuple[Collector, ...]]:
    """Make what measures the queue and this machine, until the end of the block."""
    queue = QueueCollector(
        make_engine(settings.database_url.get_secret_value(), application_name="xatra-api-metrics", pool_size=1),
        promised_wait_seconds=settings.promised_wait_seconds,
    )
    try:
        yield queue, HostCollector(disks_of(settings.artefact_store_url))
    finally:
        queue.close()
