"""OpenTelemetry traces: who makes the spans of a service, and how a trace goes with a job."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import NoOpTracer, Tracer
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from xatra_shared.settings import ServiceSettings

_EXPORT_TIMEOUT_SECONDS: Final = 5
_EXPORT_EVERY_MILLISECONDS: Final = 1000
_TRACEPARENT: Final = "traceparent"


@dataclass(frozen=True)
class Tracing:
    """A service's tracer, and what sends off its last spans when the service ends."""

    tracer: Tracer
    close: Callable[[], None]


def open_tracing(service: str, settings: ServiceSettings) -> Tracing:
    """Return what makes spans and sends them to the collector of the settings; without one, they go nowhere."""
    endpoint = settings.otel_exporter_otlp_endpoint
    if endpoint is None:
        return Tracing(NoOpTracer(), lambda: None)
    provider = TracerProvider(
        resource=Resource.create({"service.name": service, "service.version": settings.release}),
        shutdown_on_exit=False,
    )
    exporter = OTLPSpanExporter(endpoint=f"{endpoint.rstrip('/')}/v1/traces", timeout=_EXPORT_TIMEOUT_SECONDS)
    provider.add_span_processor(BatchSpanProcessor(exporter, schedule_delay_millis=_EXPORT_EVERY_MILLISECONDS))
    return Tracing(provider.get_tracer("xatra"), provider.shutdown)


def current_traceparent() -> str | None:
    """Return the current span in the form that goes with a job (W3C Trace Context); None where there is none."""
    carrier: dict[str, str] = {}
    TraceContextTextMapPropagator().inject(carrier)
    return carrier.get(_TRACEPARENT)


def context_of(traceparent: str | None) -> Context:
    """Return the context in which spans become children of the one that made `traceparent`."""
    carrier = {} if traceparent is None else {_TRACEPARENT: traceparent}
    return TraceContextTextMapPropagator().extract(carrier, context=Context())
