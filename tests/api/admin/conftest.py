"""Users and an administrator of a running api."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import httpx2
import pytest
from tests.api.users import User, make_user

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
