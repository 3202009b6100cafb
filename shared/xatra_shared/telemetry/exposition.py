"""The text that Prometheus reads, of one process or of several that share a directory."""

from collections.abc import Iterable

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

__all__ = ["CONTENT_TYPE_LATEST", "exposition"]


def exposition(
    registry: CollectorRegistry, collectors: Iterable[Collector] = (), *, multiprocess_directory: str | None = None
) -> bytes:
    """Return all metrics in Prometheus' text format; may block for as long as the collectors do.

    Args:
        registry: What this process counts.
        collectors: What is measured at this moment, and the same whichever process is asked.
        multiprocess_directory: Where the processes of this service add up what they count, the dead ones' included.
    """
    asked = CollectorRegistry()
    if multiprocess_directory is None:
        asked.register(registry)
    else:
        MultiProcessCollector(asked, multiprocess_directory)  # type: ignore[no-untyped-call] # not annotated
    for collector in collectors:
        asked.register(collector)
    return generate_latest(asked)
