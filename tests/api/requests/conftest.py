"""An api that keeps how every request went, with an administrator and a user."""

from collections.abc import Callable, Iterator

import httpx2
import pytest
from tests.api.users import User, make_user


@pytest.fixture
def api(serve: Callable[..., httpx2.Client]) -> httpx2.Client:
    """Return a client of an api that keeps every request."""
    return serve(request_sample=1)


@pytest.fixture
def admin(api: httpx2.Client, database_urls: dict[str, str]) -> Iterator[User]:
    """Return an administrator."""
    user = make_user(database_urls["xatra_auth"], api, "ravi", is_admin=True)
    with user.client:
        yield user


@pytest.fixture
def asha(api: httpx2.Client, database_urls: dict[str, str]) -> Iterator[User]:
    """Return a user."""
    user = make_user(database_urls["xatra_auth"], api, "asha")
    with user.client:
        yield user
