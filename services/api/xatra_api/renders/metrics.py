"""Counts what becomes of requests for renders."""

from typing import Final, Literal, get_args

from prometheus_client import CollectorRegistry, Counter

from xatra_shared.http.problems import Problem

Outcome = Literal["accepted", "joined", "cached", "refused_limit", "refused_full", "refused_invalid"]

_REFUSALS: Final[dict[int, Outcome]] = {402: "refused_limit", 429: "refused_limit", 503: "refused_full"}


class RenderMetrics:
    """The api's counter of renders that were asked for."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._requests = Counter(
            "render_requests_total", "Renders that were asked for.", ["outcome"], registry=registry
        )
        for outcome in get_args(Outcome):
            self._requests.labels(outcome)

    def count(self, outcome: Outcome) -> None:
        """Count a request that got a render."""
        self._requests.labels(outcome).inc()

    def count_refusal(self, problem: Problem) -> None:
        """Count a request that got none."""
        self.count(_REFUSALS.get(problem.status, "refused_invalid"))
