"""The real api on a real server of this machine, on empty databases and an empty store."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import httpx2
import pytest
from tests.shared.http.serving import serving

from xatra_api.app import create_app
from xatra_api.settings import ApiSettings

API = "/xatra/api"


@pytest.fixture
def settings(database_urls: dict[str, str], redis_urls: dict[str, str], store_url: str) -> ApiSettings:
    """Return the settings of an api with everything at hand."""
    return ApiSettings.model_validate(
        {
            "database_url": database_urls["xatra_api"],
            "redis_url": redis_urls["xatra_api"],
            "artefact_store_url": store_url,
            "guest_secret": "a guest secret for tests alone, long enough",
        }
    )


@pytest.fixture
def serve(settings: ApiSettings) -> Iterator[Callable[..., httpx2.Client]]:
    """Return what starts an api with some settings changed and returns a client of it."""
    with ExitStack() as stack:

        def start(**changes: object) -> httpx2.Client:
            changed = ApiSettings.model_validate({**settings.model_dump(), **changes})
            url = stack.enter_context(serving(create_app(changed)))
            return stack.enter_context(httpx2.Client(base_url=url, timeout=60))

        yield start


@pytest.fixture
def api(serve: Callable[..., httpx2.Client]) -> httpx2.Client:
    """Return a client of a running api."""
    return serve()
