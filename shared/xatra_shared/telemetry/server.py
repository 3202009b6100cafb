"""What monitoring asks a service without HTTP of its own, inside the network: /metrics, /healthz, /readyz."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final, override

import structlog
from prometheus_client import CollectorRegistry, Metric
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from xatra_shared.database.engine import make_engine
from xatra_shared.telemetry.exposition import CONTENT_TYPE_LATEST, exposition
from xatra_shared.telemetry.host import HostCollector, disks_of
from xatra_shared.telemetry.queue import QueueCollector
from xatra_shared.telemetry.settings import MonitoredSettings

_SOCKET_TIMEOUT_SECONDS: Final = 10

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Monitored:
    """What a service tells of itself; each is called in the thread of a request.

    Attributes:
        registry: What it counts.
        consumes: Whether it does what it is there for.
        dependencies: Each thing that it leans on, with what asks it; an exception, or False, is no answer.
    """

    registry: CollectorRegistry
    consumes: Callable[[], bool]
    dependencies: Mapping[str, Callable[[], object]]


@contextmanager
def answering_monitoring(service: str, settings: MonitoredSettings, monitored: Monitored) -> Iterator[None]:
    """Answer until the end of the block, where the settings say at which address.

    Beside what the service counts, the metrics tell whether it consumes, of the queue and of the machine.

    Args:
        service: Its name as the database shows it, such as `xatra-scheduler`.
        settings: Of the service.
        monitored: What it tells.
    """
    if settings.telemetry_bind is None:
        yield
        return
    url = settings.database_url.get_secret_value()
    queue = QueueCollector(make_engine(url, application_name=f"{service}-metrics", pool_size=1))
    collectors = (
        queue,
        HostCollector(disks_of(settings.artefact_store_url)),
        _ConsumptionCollector(monitored.consumes),
    )
    handler = _handler(monitored, lambda: exposition(monitored.registry, collectors))
    host, _, port = settings.telemetry_bind.rpartition(":")
    with closing(queue), ThreadingHTTPServer((host, int(port)), handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, name="telemetry", daemon=True)
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join()


class _ConsumptionCollector(Collector):
    def __init__(self, consumes: Callable[[], bool]) -> None:
        self._consumes = consumes

    @override
    def collect(self) -> Iterator[Metric]:
        yield GaugeMetricFamily("service_consumes", "1 while it does what it is there for, else 0.", self._consumes())


def _handler(monitored: Monitored, metrics: Callable[[], bytes]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = _SOCKET_TIMEOUT_SECONDS

        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            if path == "/metrics":
                self._answer(HTTPStatus.OK, metrics(), CONTENT_TYPE_LATEST)
            elif path == "/healthz":
                self._answer_booleans({"consumes": monitored.consumes()})
            elif path == "/readyz":
                answers = {name: _answers(name, ask) for name, ask in monitored.dependencies.items()}
                self._answer_booleans({**answers, "consumes": monitored.consumes()})
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


def _answers(name: str, ask: Callable[[], object]) -> bool:
    try:
        return ask() is not False
    except Exception as error:  # noqa: BLE001 - whatever goes wrong, the answer is no
        _log.warning("not ready", dependency=name, error=f"{type(error).__name__}: {error}".partition("\n")[0])
        return False
