"""What monitoring asks a worker over HTTP, inside the network: /metrics, /healthz, /readyz."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final, override

import structlog

from xatra_shared.telemetry.exposition import CONTENT_TYPE_LATEST

_SOCKET_TIMEOUT_SECONDS: Final = 10

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Answers:
    """Where the answers come from; each is called in a thread of its request.

    Attributes:
        metrics: Prometheus' text.
        consumes: Whether the worker takes jobs.
        readiness: Whether each thing that the worker leans on answers.
    """

    metrics: Callable[[], bytes]
    consumes: Callable[[], bool]
    readiness: Callable[[], Mapping[str, bool]]


@contextmanager
def serving(bind: str, answers: Answers) -> Iterator[int]:
    """Answer on `bind` until the end of the block; yield the port.

    Args:
        bind: `HOST:PORT`; port 0 takes a free one.
        answers: What to answer.
    """
    host, _, port = bind.rpartition(":")
    with ThreadingHTTPServer((host, int(port)), _handler(answers)) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, name="telemetry", daemon=True)
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


def _handler(answers: Answers) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = _SOCKET_TIMEOUT_SECONDS

        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            if path == "/metrics":
                self._answer(HTTPStatus.OK, answers.metrics(), CONTENT_TYPE_LATEST)
            elif path == "/healthz":
                self._answer_booleans({"consumes": answers.consumes()})
            elif path == "/readyz":
                self._answer_booleans(answers.readiness())
            else:
                self._answer(HTTPStatus.NOT_FOUND, b"", "text/plain")

        def _answer_booleans(self, booleans: Mapping[str, bool]) -> None:
            status = HTTPStatus.OK if all(booleans.values()) else HTTPStatus.SERVICE_UNAVAILABLE
            self._answer(status, json.dumps(booleans).encode(), "application/json")

        def _answer(self, status: HTTPStatus, body: bytes, media_type: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        @override
        def log_message(self, format: str, *args: Any) -> None:
            _log.debug(format % args)

    return Handler
