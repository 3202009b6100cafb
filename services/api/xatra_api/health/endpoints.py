"""Health for everyone."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from xatra_api.health.schemas import Health
from xatra_api.resources import ResourcesDep
from xatra_shared.http.health import HealthChecks

router = APIRouter(tags=["health"])


def _checks(request: Request) -> HealthChecks:
    checks: HealthChecks = request.app.state.health_checks
    return checks


@router.get("/health", responses={503: {"model": Health}})
async def health(
    response: Response, resources: ResourcesDep, checks: Annotated[HealthChecks, Depends(_checks)]
) -> Health:
    """Say whether the service works (200, or 503) and which release it is."""
    ready = all((await checks.readiness()).values())
    response.status_code = 200 if ready else 503
    return Health(status="ok" if ready else "unavailable", release=resources.settings.release)
