"""Every panel's query is one that Prometheus answers, and what a stack tells of itself after one render is there."""

import json

import pytest
from tests.monitoring.test_dashboards import FILES
from tests.stack.engine import NEEDS_ENGINE
from tests.stack.site import Site, Stack
from tests.waiting import until

pytestmark = [*NEEDS_ENGINE]

# What need not be there: trouble, and what takes hours or other settings to come about.
_MAY_BE_EMPTY = {
    *("Which alerts fire", "Routes that fail", "Full in", "Certificate ends in", "Last backup", "Published versions"),
    *("Error budget left, 30 days", "Budget over time", "Later than predicted"),
}


@pytest.fixture
def _watched(stack: Stack, site: Site) -> None:
    """Give the stack something to tell of, twice, since rates are of two measurements."""
    rate = 'sum(rate(render_duration_seconds_count{outcome="succeeded"}[5m])) > 0'

    def has_a_rate() -> bool:
        site.end(site.ask(f"watched {next(numbers)}"))
        for path in (
            "/xatra/",
            "/xatra/api/explore",
            "/xatra/api/auth/openapi.json",
            f"/xatra/api/artefacts/{'a' * 64}",
        ):
            site.send("GET", path)
        return bool(stack.measured(rate)[0])

    numbers = iter(range(1000))
    until(has_a_rate, seconds=120)


@pytest.mark.usefixtures("_watched")
def test_every_query_of_every_dashboard_is_answered_and_nothing_that_must_be_there_is_missing(stack: Stack):
    queries = [
        (f"{dashboard['title']}: {panel['title']}: {target['expr']}", panel["title"], target["expr"])
        for dashboard in (json.loads(path.read_text()) for path in FILES)
        for panel in dashboard["panels"]
        for target in panel["targets"]
    ]

    def missing() -> list[str]:
        answers = stack.measured(*(query.replace("$__rate_interval", "5m") for _, _, query in queries))
        return [
            name
            for (name, title, _), found in zip(queries, answers, strict=True)
            if not found and title not in _MAY_BE_EMPTY
        ]

    until(lambda: not missing(), seconds=60) if missing() else None
    assert missing() == []
