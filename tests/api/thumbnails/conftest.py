"""Authors, readers, and an empty store of the test's own."""

from pathlib import Path

import pytest
from tests.api.admin.conftest import MakeUser, admin, asha, make
from tests.api.hub.conftest import guest
from tests.api.hub.publishing import create
from tests.api.users import User

__all__ = ["admin", "asha", "guest", "make"]


@pytest.fixture
def store_url(tmp_path: Path) -> str:
    """Return the URL of an empty store."""
    return f"file://{tmp_path}/store"


@pytest.fixture
def ravi(make: MakeUser) -> User:
    """Return another author."""
    return make("mira")


@pytest.fixture
def rivers(asha: User) -> str:
    """Make a map of Asha's and return its name."""
    create(asha, "rivers")
    return "rivers"
