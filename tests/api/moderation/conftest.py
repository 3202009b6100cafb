"""An author, readers, an administrator, and a published map."""

from collections.abc import Iterator

import httpx2
import pytest
from sqlalchemy import Engine
from tests.api.admin.conftest import admin, asha, make
from tests.api.conftest import become_guest
from tests.api.hub.publishing import create, publish
from tests.api.thumbnails.conftest import ravi
from tests.api.users import User

__all__ = ["admin", "asha", "make", "ravi"]


@pytest.fixture
def guest(api: httpx2.Client) -> Iterator[User]:
    """Return a guest with a cookie."""
    with httpx2.Client(base_url=api.base_url, timeout=60) as client:
        client.headers["X-CSRF-Token"] = become_guest(client)
        yield User(0, "", client)


@pytest.fixture
def rivers(asha: User, idle_worker: Engine) -> str:
    """Publish a map of Asha's and return its name."""
    create(asha, "rivers")
    publish(asha, "rivers")
    return "rivers"
