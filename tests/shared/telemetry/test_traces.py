"""The spans of one render, in the api and in a worker process, are one trace."""

from collections.abc import Iterator

import httpx2
import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span
from tests.conftest import Workers
from tests.shared.http.serving import serving
from tests.shared.telemetry.receiver import Receiver, receiving
from tests.waiting import until

from xatra_api.app import create_app
from xatra_api.settings import ApiSettings


@pytest.fixture
def collector() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


def spans_at(collector: Receiver) -> dict[str, tuple[str, Span]]:
    """Return the spans that came, with their services, by name."""
    found: dict[str, tuple[str, Span]] = {}
    for body in collector.bodies("/v1/traces"):
        for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
            service = next(a.value.string_value for a in resource.resource.attributes if a.key == "service.name")
            for scope in resource.scope_spans:
                found |= {span.name: (service, span) for span in scope.spans}
    return found


def test_a_render_is_one_trace_through_api_queue_and_worker(
    collector: Receiver,
    workers: Workers,
    database_urls: dict[str, str],
    redis_urls: dict[str, str],
    store_url: str,
):
    endpoint = f"http://{collector.address}"
    workers.start(otel_exporter_otlp_endpoint=endpoint)
    settings = ApiSettings.model_validate(
        {
            "database_url": database_urls["xatra_api"],
            "redis_url": redis_urls["xatra_api"],
            "artefact_store_url": store_url,
            "guest_secret": "a guest secret for tests alone, long enough",
            "otel_exporter_otlp_endpoint": endpoint,
        }
    )
    with serving(create_app(settings)) as url:
        answer = httpx2.post(
            f"{url}/xatra/api/renders",
            json={"program": "1 / 0"},
            headers={"Prefer": "wait=20", "X-Request-ID": "the-request", "traceparent": f"00-{1:032x}-{1:016x}-01"},
            timeout=60,
        )
        assert answer.json()["state"] == "failed"
        spans = until(lambda: spans if len(spans := spans_at(collector)) >= 3 else None)

    assert {name: service for name, (service, _) in spans.items()} == {
        "POST /renders": "xatra-api",
        "render.queued": "xatra-render-worker",
        "render.run": "xatra-render-worker",
    }
    request, queued, run = (spans[name][1] for name in ("POST /renders", "render.queued", "render.run"))
    assert request.trace_id == queued.trace_id == run.trace_id
    assert request.trace_id != (1).to_bytes(16)
    assert request.parent_span_id == b""
    assert queued.parent_span_id == run.parent_span_id == request.span_id
    assert queued.start_time_unix_nano < queued.end_time_unix_nano <= run.start_time_unix_nano
    assert {a.key: a.value.string_value for a in run.attributes}["render.outcome"] == "failed"
