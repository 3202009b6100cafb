"""The real auth service, and the api beside it, on real servers of this machine and empty databases."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from sqlalchemy import Engine, create_engine
from tests.auth.browsing import Browser
from tests.auth.provider import Provider
from tests.shared.http.serving import serving_by

from xatra_api.app import create_app as create_api
from xatra_api.settings import ApiSettings
from xatra_auth.app import create_app
from xatra_auth.settings import AuthSettings

GUEST_SECRET = "a guest secret for tests alone, long enough"
SIGNING_KEY = "1f" * 32

type OpenBrowser = Callable[..., Browser]


@pytest.fixture
def settings(database_urls: dict[str, str], redis_urls: dict[str, str]) -> AuthSettings:
    """Return the settings of an auth service with everything at hand, and limits that tests do not meet."""
    return AuthSettings.model_validate(
        {
            "database_url": database_urls["xatra_auth"],
            "redis_url": redis_urls["xatra_auth"],
            "guest_secret": GUEST_SECRET,
            "signing_key": SIGNING_KEY,
            "sign_ups_per_hour": 1000,
            "sign_ins_per_ten_minutes": 1000,
            "password_changes_per_half_hour": 1000,
            "writes_per_minute": 10_000,
        }
    )


@pytest.fixture
def serve(settings: AuthSettings) -> Iterator[Callable[..., str]]:
    """Return what starts an auth service with some settings changed and returns its address."""
    with ExitStack() as stack:

        def start(**changes: object) -> str:
            changed = AuthSettings.model_validate({**settings.model_dump(), **changes})
            return stack.enter_context(serving_by(create_app, changed))

        yield start


@pytest.fixture
def auth_url(serve: Callable[..., str]) -> str:
    """Return the address of a running auth service."""
    return serve()


@pytest.fixture
def serve_api(
    database_urls: dict[str, str], redis_urls: dict[str, str], store_url: str
) -> Iterator[Callable[..., str]]:
    """Return what starts an api with some settings changed and returns its address."""
    with ExitStack() as stack:

        def start(**changes: object) -> str:
            settings = {
                "database_url": database_urls["xatra_api"],
                "redis_url": redis_urls["xatra_api"],
                "artefact_store_url": store_url,
                "guest_secret": GUEST_SECRET,
            }
            return stack.enter_context(serving_by(create_api, ApiSettings.model_validate({**settings, **changes})))

        yield start


@pytest.fixture
def api_url(serve_api: Callable[..., str]) -> str:
    """Return the address of a running api."""
    return serve_api()


@pytest.fixture
def open_browser(auth_url: str) -> Iterator[OpenBrowser]:
    """Return what opens a browser: on the running auth service, or others that are named."""
    with ExitStack() as stack:

        def open_on(url: str = auth_url, api_url: str | None = None, **headers: str) -> Browser:
            return stack.enter_context(Browser(url, api_url, **headers))

        yield open_on


@pytest.fixture
def browser(open_browser: OpenBrowser) -> Browser:
    """Return a browser on the auth service alone."""
    return open_browser()


@pytest.fixture
def database(database_urls: dict[str, str]) -> Iterator[Engine]:
    """Return the database as the auth service sees it."""
    engine = create_engine(database_urls["xatra_auth"])
    yield engine
    engine.dispose()


@pytest.fixture
def provider() -> Iterator[Provider]:
    """Return a running provider of identities."""
    with Provider().running() as provider:
        yield provider
