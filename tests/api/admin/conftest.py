"""Users and an administrator of a running api, and a worker that works when a test says so."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import httpx2
import pytest
from sqlalchemy import Engine, create_engine
from tests.api.users import User, make_user

from xatra_shared.queue import claim_repository
from xatra_shared.queue.model import Engine as RenderEngine

ENGINE = RenderEngine("1", "1")

type MakeUser = Callable[..., User]


@pytest.fixture
def make(api: httpx2.Client, database_urls: dict[str, str]) -> Iterator[MakeUser]:
    """Return what makes users."""
    with ExitStack() as stack:

        def make_one(username: str, **rights: Any) -> User:  # noqa: ANN401 - whatever `make_user` takes
            user = make_user(database_urls["xatra_auth"], api, username, **rights)
            stack.enter_context(user.client)
            return user

        yield make_one


@pytest.fixture
def admin(make: MakeUser) -> User:
    """Return an administrator."""
    return make("ravi", is_admin=True)


@pytest.fixture
def asha(make: MakeUser) -> User:
    """Return a user."""
    return make("asha")


@pytest.fixture
def worker(database_urls: dict[str, str]) -> Iterator[Engine]:
    """Return the database as a worker sees it that is known and takes no job by itself."""
    engine = create_engine(database_urls["xatra_render_worker"])
    with engine.begin() as connection:
        claim_repository.register_worker(connection, "worker", ENGINE, slots=1)
    yield engine
    engine.dispose()
