"""The route that tells of all providers."""

from fastapi import APIRouter

from xatra_auth.providers.schemas import GoogleButton, Providers
from xatra_auth.resources import ResourcesDep

router = APIRouter(tags=["providers"])


@router.get("/providers")
async def list_providers(resources: ResourcesDep) -> Providers:
    """Tell by which providers people can come in."""
    settings = resources.settings
    google = settings.google_client_id and GoogleButton(
        client_id=settings.google_client_id, hosted_domain=settings.google_hd
    )
    return Providers(google=google or None, github=resources.github is not None)
