"""Health for everyone, and what only the inside of the network may ask: liveness, readiness, metrics."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from xatra_api.health.schemas import Health, Readiness
from xatra_api.health.service import HealthChecks
from xatra_api.resources import ResourcesDep
from xatra_shared.telemetry.exposition import CONTENT_TYPE_LATEST, exposition

INSIDE_PATHS: Final = ("/healthz", "/readyz", "/metrics")

public_router = APIRouter(tags=["health"])
inside_router = APIRouter(include_in_schema=False)


def _checks(request: Request) -> HealthChecks:
    checks: HealthChecks = request.app.state.health_checks
    return checks


ChecksDep = Annotated[HealthChecks, Depends(_checks)]


@public_router.get("/health", responses={503: {"model": Health}})
async def health(response: Response, resources: ResourcesDep, checks: ChecksDep) -> Health:
    """Say whether the service works (200, or 503) and which release it is."""
    ready = (await checks.readiness()).ready
    response.status_code = 200 if ready else 503
    return Health(status="ok" if ready else "unavailable", release=resources.settings.release)


@inside_router.get("/healthz")
async def liveness(
    response: Response, checks: ChecksDep, draining: Annotated[str | None, Query()] = None
) -> dict[str, bool]:
    """Say that the process lives; with `?draining`, 503 when balancers should pass it by."""
    drains = draining is not None and await checks.must_drain()
    response.status_code = 503 if drains else 200
    return {"alive": True, "draining": drains} if draining is not None else {"alive": True}


@inside_router.get("/readyz")
async def readiness(response: Response, checks: ChecksDep) -> Readiness:
    """Say which dependencies answer: 200 if all do, else 503."""
    readiness = await checks.readiness()
    response.status_code = 200 if readiness.ready else 503
    return readiness


@inside_router.get("/metrics")
async def metrics(resources: ResourcesDep) -> Response:
    """Return the metrics in Prometheus' text format, of all processes together."""
    text = await run_in_threadpool(
        exposition,
        resources.metrics,
        resources.collectors,
        multiprocess_directory=resources.settings.prometheus_multiproc_dir,
    )
    return Response(text, media_type=CONTENT_TYPE_LATEST)
