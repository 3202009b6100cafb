"""Two authors, and readers."""

import httpx2
import pytest
from tests.api.admin.conftest import MakeUser, asha, make
from tests.api.users import User

__all__ = ["asha", "make"]


@pytest.fixture
def ravi(make: MakeUser) -> User:
    """Return another author."""
    return make("ravi")


@pytest.fixture
def guest(api: httpx2.Client) -> User:
    """Return a reader who is not signed in."""
    return User(0, "", api)
