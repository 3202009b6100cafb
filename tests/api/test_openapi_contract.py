"""Whatever is sent to the api, its answer is one that was foreseen."""

from collections.abc import Callable, Iterator, Mapping

import httpx2
import pytest
from sqlalchemy import create_engine
from tests.api.conftest import API
from tests.api.geography.conftest import UNITS
from tests.api.users import User, make_user
from tests.shared.http.fuzzing import find_unforeseen

from xatra_render_worker.data.index_repository import add_index
from xatra_shared.geography.building import build_index
from xatra_shared.queue import claim_repository
from xatra_shared.queue.model import Engine

DATA_VERSION = "a" * 16


@pytest.fixture
def admin(serve: Callable[..., httpx2.Client], database_urls: dict[str, str]) -> Iterator[User]:
    """Return an administrator, where a worker and its map data are known; it never claims."""
    engine = create_engine(database_urls["xatra_render_worker"])
    with engine.begin() as connection:
        claim_repository.register_worker(connection, "idle", Engine("1", DATA_VERSION), slots=1)
        add_index(connection, DATA_VERSION, build_index(UNITS))
    engine.dispose()
    api = serve(user_active_renders=10_000, queue_capacity=10_000, user_writes_per_minute=100_000)
    user = make_user(database_urls["xatra_auth"], api, "asha", is_admin=True)
    yield user
    user.client.close()


@pytest.mark.timeout(900)
@pytest.mark.parametrize("examples", [6, pytest.param(40, marks=pytest.mark.long)])
def test_no_request_is_answered_by_500(admin: User, examples: int) -> None:
    file = admin.client.put(f"{API}/files", params={"name": "a.csv"}, content=b"a,b\n1,2\n").json()["sha256"]
    render = admin.client.post(f"{API}/renders", json={"program": "x = 1"}).json()["id"]
    work = f"{API}/hub/map/realms"
    made = admin.client.put(f"{work}/alpha", json={"content": "x = 1"}, headers={"If-None-Match": "*"})
    published = admin.client.post(f"{work}/publish", json={}, headers={"If-Match": made.headers["ETag"]})
    assert published.json() == {"status": "published", "version": 1}

    def sign_in() -> Mapping[str, str]:
        return {"Authorization": admin.client.headers["authorization"]}

    known = {
        "username": ["asha"],
        "kind": ["map"],
        "name": ["realms"],
        "version": ["1", "latest", "alpha"],
        "If-Match": ['"1"', '"2"'],
        "sha256": [file],
        "render_id": [render],
        "unit_id": ["IND.31", "IND"],
        "country_id": ["IND"],
        "countries": [["IND"]],
        "program": ["x = 1"],
        "files": [{"a.csv": file}],
    }
    url = f"{admin.client.base_url}{API}/openapi.json"
    assert find_unforeseen(url, sign_in=sign_in, known=known, examples=examples) == []
