"""Errors as problem details (RFC 9457): one exception class, one form on the wire, one place that makes it."""

import json
from collections.abc import Mapping
from typing import ClassVar, Final

import psycopg.errors
import redis.exceptions
import sqlalchemy.exc
import structlog
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from xatra_shared.artifacts.store import StoreUnavailable

MEDIA_TYPE: Final = "application/problem+json"
_FRAMEWORK_PROBLEMS: Final = {
    # A body that no parser can read is malformed like one that does not fit: one status for both.
    400: (422, "invalid-request", "The request is not of the form that this address takes"),
    404: (404, "not-found", "There is nothing at this address"),
    405: (405, "method-not-allowed", "This address does not take this method"),
}
_RETRY_AFTER_SECONDS: Final = 5

_log = structlog.get_logger(__name__)


class Problem(HTTPException):
    """An error that the client shall read; features derive their own from it.

    Being an HTTPException, it passes through the framework wherever it is raised.

    A subclass says `status`, `slug` and `title`, which are the same for every occurrence; an instance says what
    is special about this one.

    Attributes:
        status: HTTP status.
        slug: Stable name; the problem's `type` is `urn:xatra:problem:<slug>`, the same on every host and base path.
        title: The kind of problem in one sentence.
        occurrence: This occurrence in one sentence, sent as `detail`.
        headers: Headers of the response, such as `Retry-After`.
        extensions: Further members of the problem object.
    """

    status: ClassVar[int]
    slug: ClassVar[str]
    title: ClassVar[str]

    def __init__(
        self, detail: str | None = None, *, headers: Mapping[str, str] | None = None, **extensions: object
    ) -> None:
        super().__init__(self.status, detail or self.title, headers)
        self.occurrence = detail
        self.extensions = extensions

    def response(self) -> Response:
        """Return this problem as a response."""
        return problem_response(
            self.status,
            self.slug,
            self.title,
            detail=self.occurrence,
            headers=self.headers,
            extensions=self.extensions,
        )


def problem_response(
    status: int,
    slug: str,
    title: str,
    *,
    detail: str | None = None,
    headers: Mapping[str, str] | None = None,
    extensions: Mapping[str, object] | None = None,
) -> Response:
    """Return a response of type `application/problem+json`; see `Problem` for the arguments."""
    body: dict[str, object] = {"type": f"urn:xatra:problem:{slug}", "title": title, "status": status}
    if detail is not None:
        body["detail"] = detail
    body |= extensions or {}
    # ASCII, so that a lone surrogate out of somebody's JSON is no obstacle.
    return Response(json.dumps(body), status_code=status, headers=dict(headers or {}), media_type=MEDIA_TYPE)


def install_problem_handlers(app: Starlette) -> None:
    """Let `app` answer every exception with a problem.

    A dependency that does not answer is a 503 that says when to try again. A row to which one refers that is not there
    any more is a 409: services look whether it is, and it was deleted since. An exception that nobody foresaw is
    answered by `http.requests.RequestLog`, which sees those of the middlewares too.
    """
    app.add_exception_handler(Problem, _on_problem)
    app.add_exception_handler(HTTPException, _on_http_exception)
    for unavailable in (
        sqlalchemy.exc.OperationalError,
        sqlalchemy.exc.InterfaceError,
        sqlalchemy.exc.TimeoutError,
        redis.exceptions.ConnectionError,
        redis.exceptions.TimeoutError,
        StoreUnavailable,
    ):
        app.add_exception_handler(unavailable, _on_unavailable)
    app.add_exception_handler(sqlalchemy.exc.IntegrityError, _on_broken_reference)


def internal_error_response() -> Response:
    """Return the problem for an exception that nobody foresaw; it says nothing about it."""
    return problem_response(500, "internal-error", "Something went wrong on our side")


async def _on_problem(_request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)  # noqa: S101 - registered for no other
    return error.response()


async def _on_http_exception(_request: Request, error: Exception) -> Response:
    """Answer what the framework itself raises."""
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for no other
    status, slug, title = _FRAMEWORK_PROBLEMS.get(
        error.status_code, (error.status_code, "bad-request", "The request cannot be answered")
    )
    return problem_response(status, slug, title, headers=error.headers)


async def _on_unavailable(_request: Request, error: Exception) -> Response:
    _log.warning("dependency unavailable", error=type(error).__name__, exc_info=error)
    return problem_response(
        503,
        "unavailable",
        "A part of the service does not answer",
        detail=f"Try again in {_RETRY_AFTER_SECONDS} seconds.",
        headers={"Retry-After": str(_RETRY_AFTER_SECONDS)},
    )


async def _on_broken_reference(_request: Request, error: Exception) -> Response:
    assert isinstance(error, sqlalchemy.exc.IntegrityError)  # noqa: S101 - registered for no other
    if not isinstance(error.orig, psycopg.errors.ForeignKeyViolation):
        raise error
    return problem_response(409, "gone-meanwhile", "What this request is about was deleted meanwhile")
