"""How requests that do not fit a route's schema are answered, and how the OpenAPI document tells of problems."""

from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.responses import Response

from xatra_shared.http.problems import MEDIA_TYPE, install_problem_handlers, problem_response

_MAX_FIELD_CHARACTERS: Final = 100
_MAX_ERRORS: Final = 20

PROBLEM_RESPONSES: Final[dict[int | str, dict[str, Any]]] = {
    "4XX": {
        "description": "The request was refused",
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    },
    "5XX": {
        "description": "The service cannot answer now",
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    },
}

PROBLEM_SCHEMA: Final[dict[str, Any]] = {
    "title": "Problem",
    "description": "Problem details (RFC 9457). `type` is stable; some problems have further members.",
    "type": "object",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string", "examples": ["urn:xatra:problem:not-found"]},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "description": "Of `invalid-request`: which fields are wrong",
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "message"],
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
            },
        },
    },
}


def install_error_handlers(app: FastAPI) -> None:
    """Let `app` answer every error with a problem, malformed input included."""
    install_problem_handlers(app)
    app.add_exception_handler(RequestValidationError, _on_invalid_request)


async def _on_invalid_request(_request: Request, error: Exception) -> Response:
    """Name the fields and what is wrong with them; what was sent is not sent back."""
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for no other
    errors = [
        {"field": ".".join(str(part) for part in entry["loc"])[:_MAX_FIELD_CHARACTERS], "message": entry["msg"]}
        for entry in error.errors()[:_MAX_ERRORS]
    ]
    return problem_response(
        422, "invalid-request", "The request is not of the form that this address takes", extensions={"errors": errors}
    )
