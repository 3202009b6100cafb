"""A hub of a few works, and users of it."""

from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from sqlalchemy import Engine
from tests.api.admin.conftest import MakeUser, asha, make
from tests.api.conftest import API
from tests.api.explore.works import AddWork, add_work
from tests.api.users import User

__all__ = ["asha", "make"]

type Explore = Callable[..., list[str]]


@pytest.fixture
def add(owner: Engine, database_urls: dict[str, str]) -> AddWork:
    """Return what adds works."""

    def add_one(name: str, **columns: Any) -> int:  # noqa: ANN401 - whatever `add_work` takes
        with owner.begin() as connection:
            return add_work(connection, name, **columns)

    return add_one


@pytest.fixture
def ravi(make: MakeUser) -> User:
    """Return another user."""
    return make("ravi")


@pytest.fixture
def explore(api: httpx2.Client) -> Explore:
    """Return what asks for works, and returns their names."""

    def ask(q: str = "", **asked: str) -> list[str]:
        answer = api.get(f"{API}/explore", params={"q": q, **asked})
        assert answer.status_code == 200, answer.text
        return [work["name"] for work in answer.json()["works"]]

    return ask
