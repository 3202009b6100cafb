"""Users, and a published work of one of them."""

import pytest
from tests.api.admin.conftest import asha, make
from tests.api.explore.conftest import add, ravi
from tests.api.explore.works import AddWork
from tests.api.users import User

__all__ = ["add", "asha", "make", "ravi"]


@pytest.fixture
def rivers(add: AddWork, asha: User) -> int:
    """Add a published map of Asha's."""
    return add("rivers", user_id=asha.id)
