"""Problem details: every error in one form."""

import json

import httpx2
import pytest
import redis.exceptions
import sqlalchemy.exc
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from tests.shared.http.serving import serving

from xatra_shared.artifacts.store import StoreUnavailable
from xatra_shared.http.problems import Problem, install_problem_handlers


class TeapotIsShort(Problem):
    """A problem of these tests."""

    status = 418
    slug = "teapot-short"
    title = "The teapot is short"


def client_of(error: Exception) -> httpx2.Response:
    async def fail(_request: Request) -> Response:
        raise error

    app = Starlette(routes=[Route("/", fail)])
    install_problem_handlers(app)
    with serving(app) as url, httpx2.Client(base_url=url) as client:
        return client.get("/")


def test_a_problem_says_its_kind_and_what_is_special_about_it() -> None:
    response = client_of(TeapotIsShort("By 2 cm.", headers={"Retry-After": "7"}, missing_cm=2))

    assert response.status_code == 418
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["retry-after"] == "7"
    assert response.json() == {
        "type": "urn:xatra:problem:teapot-short",
        "title": "The teapot is short",
        "status": 418,
        "detail": "By 2 cm.",
        "missing_cm": 2,
    }


def test_text_that_is_no_unicode_is_no_obstacle() -> None:
    assert json.loads(client_of(TeapotIsShort("\ud800")).content)["detail"] == "\ud800"


@pytest.mark.parametrize(
    "error",
    [
        sqlalchemy.exc.OperationalError("SELECT secret", {}, Exception("password=hunter2")),
        sqlalchemy.exc.TimeoutError("QueuePool limit"),
        redis.exceptions.ConnectionError("redis://user:hunter2@host"),
        StoreUnavailable("/srv/store: No space left on device"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_dependency_that_does_not_answer_is_a_503_that_says_when_to_come_back(error: Exception) -> None:
    response = client_of(error)

    assert response.status_code == 503
    assert response.headers["retry-after"] == "5"
    assert response.json()["type"] == "urn:xatra:problem:unavailable"
    for secret in ("hunter2", "SELECT", "/srv"):
        assert secret not in response.text


def test_what_the_framework_refuses_is_a_problem_too() -> None:
    app = Starlette(routes=[Route("/", lambda _request: Response(), methods=["GET"])])
    install_problem_handlers(app)
    with serving(app) as url, httpx2.Client(base_url=url) as client:
        assert client.get("/nothing").json()["type"] == "urn:xatra:problem:not-found"
        wrong_method = client.post("/")
    assert wrong_method.json()["type"] == "urn:xatra:problem:method-not-allowed"
    assert "GET" in wrong_method.headers["allow"]
