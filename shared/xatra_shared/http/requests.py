"""Around every request: its id, its line in the access log, and the answer to exceptions that nobody foresaw."""

import re
import secrets
import time
from collections.abc import Collection
from typing import Final

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from xatra_shared.http.problems import internal_error_response

_REQUEST_ID: Final = re.compile(r"[A-Za-z0-9._-]{8,64}", re.ASCII)
_CLIENT_CLOSED_REQUEST: Final = 499  # nginx's number for a client that left before the answer

_log = structlog.get_logger("access")


class RequestLog:
    """Gives each request an id and a line in the log.

    The id is the client's `X-Request-ID` if that is well formed; it is bound to all logs and returned. The line names the
    user, where whoever found out who calls put a `user_id` into the request's state.

    Args:
        app: The application.
        silent_paths: Paths that are asked too often to be worth a line.
    """

    def __init__(self, app: ASGIApp, *, silent_paths: Collection[str] = ()) -> None:
        self._app = app
        self._silent_paths = frozenset(silent_paths)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Name the request, pass it on, and log how it went."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = Headers(scope=scope).get("x-request-id", "")
        if not _REQUEST_ID.fullmatch(request_id):
            request_id = secrets.token_hex(16)
        status = 0

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-ID"] = request_id
            await send(message)

        started = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self._app(scope, receive, send_with_id)
            except ClientDisconnect:
                status = status or _CLIENT_CLOSED_REQUEST
            except Exception:
                _log.exception("unforeseen exception")
                if status:
                    raise  # half an answer is out: the server cuts the connection
                await internal_error_response()(scope, receive, send_with_id)
            finally:
                user_id = scope.get("state", {}).get("user_id")
                if scope["path"] not in self._silent_paths:
                    _log.info(
                        "request",
                        method=scope["method"],
                        route=getattr(scope.get("route"), "path", None),
                        status=status,
                        milliseconds=round((time.perf_counter() - started) * 1000, 1),
                        **({} if user_id is None else {"user": user_id}),
                    )
