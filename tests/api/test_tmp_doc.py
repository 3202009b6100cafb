from tests.api.test_hostile_requests import *
import pytest
@pytest.fixture
def document(api):
    return api.get(f"{API}/openapi.json").json()
def test_mine(api, document):
    n=0
    for path, method, _ in operations(document):
        if method in ("POST",) and ("document" in path or path.endswith("/renders")):
            for name, body in BODIES.items():
                response = api.request(method, path, content=body, headers=JSON)
                assert_answered_well(response); n+=1
                assert response.status_code >= 400, (path, name)
    assert n > 40
