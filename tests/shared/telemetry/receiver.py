"""A server that keeps what is posted to it, as a collector of traces or of errors would."""

import gzip
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from typing import Any


@dataclass
class Receiver:
    """What came, unpacked: path and body of each request."""

    address: str
    received: list[tuple[str, bytes]] = field(default_factory=list)

    def bodies(self, path: str) -> list[bytes]:
        return [body for to, body in self.received if to == path]

    def sentry_events(self) -> list[dict[str, Any]]:
        """Return the events out of the envelopes that came for project 1."""
        found = []
        for body in self.bodies("/api/1/envelope/"):
            lines = [json.loads(line) for line in body.splitlines() if line]
            found += [after for item, after in pairwise(lines) if item.get("type") == "event"]
        return found


@contextmanager
def receiving() -> Iterator[Receiver]:
    """Receive on a free port until the end of the block."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.headers["Content-Encoding"] == "gzip":
                body = gzip.decompress(body)
            receiver.received.append((self.path, body))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        receiver = Receiver(f"127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield receiver
        server.shutdown()
        thread.join()
