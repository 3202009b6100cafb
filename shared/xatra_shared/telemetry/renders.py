"""Metrics of renders that more than one service counts."""

from typing import Final

from prometheus_client import CollectorRegistry, Counter

_CULPRITS: Final = ("author", "limit", "service")


def count_render_errors(registry: CollectorRegistry) -> Counter:
    """Return the counter of renders that failed, by whose doing, with a series for each from the start."""
    counter = Counter("render_errors_total", "Renders that failed, by whose doing.", ["by"], registry=registry)
    for culprit in _CULPRITS:
        counter.labels(culprit)
    return counter
