"""Guests and users with drafts."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import httpx2
import pytest
from tests.api.admin.conftest import asha, make
from tests.api.conftest import become_guest
from tests.api.drafts.drafting import Drafter
from tests.api.hub.conftest import ravi
from tests.api.users import User

__all__ = ["asha", "make", "ravi"]


@pytest.fixture
def new_guest(api: httpx2.Client) -> Iterator[Callable[[], Drafter]]:
    """Return what opens a browser that is a guest's."""
    with ExitStack() as stack:

        def open_browser() -> Drafter:
            client = stack.enter_context(httpx2.Client(base_url=api.base_url, timeout=60))
            client.headers["X-CSRF-Token"] = become_guest(client)
            return Drafter(client)

        yield open_browser


@pytest.fixture
def guest(new_guest: Callable[[], Drafter]) -> Drafter:
    """Return a guest."""
    return new_guest()


@pytest.fixture
def author(asha: User) -> Drafter:
    """Return a user."""
    return Drafter(asha.client)
