"""Around every request: how long it took, its span in a trace, and whoever else wants to know how it went."""

import time
from collections.abc import Callable, Collection
from typing import Final

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.trace import SpanKind, Status, StatusCode, Tracer
from prometheus_client import CollectorRegistry, Histogram
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_BUCKETS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30)
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_CLIENT_CLOSED_REQUEST: Final = 499  # nginx's number for a client that left before the answer
SERVER_ERROR: Final = 500


class RequestTelemetry:
    """Measures each request until its answer begins, so that event streams do not count as slow, and traces it.

    A trace begins here: what strangers send as `traceparent` does not count.

    Args:
        app: The application.
        registry: Where the histogram goes.
        tracer: Makes the spans.
        note: Called after each request with it, as the application has left it; with the status and the id that its
            answer bore; and, between them, with the seconds until that began.
        silent_paths: Paths that monitoring asks; they are left out.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        registry: CollectorRegistry,
        tracer: Tracer,
        note: Callable[[Scope, int, float, str | None], None],
        silent_paths: Collection[str] = (),
    ) -> None:
        self._app = app
        self._tracer = tracer
        self._note = note
        self._silent_paths = frozenset(silent_paths)
        self._seconds = Histogram(
            "http_request_duration_seconds",
            "Time until the answer begins.",
            ["method", "route", "status"],
            buckets=_BUCKETS,
            registry=registry,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and tell how it went."""
        if scope["type"] != "http" or scope["path"] in self._silent_paths:
            await self._app(scope, receive, send)
            return
        method = method_of(scope)
        status, seconds = 0, 0.0
        request_id = None
        started = time.perf_counter()

        def answer_began(with_status: int) -> None:
            nonlocal status, seconds
            status, seconds = with_status, time.perf_counter() - started
            self._seconds.labels(method, route_of(scope), status).observe(seconds)

        async def send_measured(message: Message) -> None:
            nonlocal request_id
            if message["type"] == "http.response.start":
                answer_began(message["status"])
                request_id = Headers(raw=message["headers"]).get("x-request-id")
            await send(message)

        with self._tracer.start_as_current_span(method, context=Context(), kind=SpanKind.SERVER) as span:
            try:
                await self._app(scope, receive, send_measured)
            finally:
                if not status:
                    answer_began(_CLIENT_CLOSED_REQUEST)
                _describe(span, scope, method, status)
                self._note(scope, status, seconds, request_id)


def method_of(scope: Scope) -> str:
    """Return the method; the same for all that strangers make up."""
    return scope["method"] if scope["method"] in _METHODS else "OTHER"


def route_of(scope: Scope) -> str:
    """Return the template of the route that answers, below the api's path; the same for all unknown addresses."""
    return getattr(scope.get("route"), "path", "unknown")


def _describe(span: trace.Span, scope: Scope, method: str, status: int) -> None:
    span.update_name(f"{method} {route_of(scope)}")
    span.set_attributes(
        {"http.request.method": method, "http.route": route_of(scope), "http.response.status_code": status}
    )
    if status >= SERVER_ERROR:
        span.set_status(Status(StatusCode.ERROR))
