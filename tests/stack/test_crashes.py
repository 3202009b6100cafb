"""Each container is killed in turn while renders are under way: it comes back, and nothing that was accepted is lost."""

import pytest
from tests.stack.engine import NEEDS_ENGINE, NEEDS_ROOT
from tests.stack.site import Site, Stack
from tests.waiting import until

pytestmark = [*NEEDS_ENGINE, NEEDS_ROOT]

_RENDERS = 6


@pytest.mark.parametrize(
    "service",
    [
        "api-blue",
        "auth-blue",
        "web-blue",
        "traefik",
        "render-worker",
        "scheduler",
        "backup",
        "postgres",
        "redis",
        "prometheus",
        "alertmanager",
        "postgres-exporter",
        "redis-exporter",
    ],
)
def test_a_container_that_crashes_comes_back_and_no_render_is_lost(stack: Stack, site: Site, service: str):
    accepted = [site.ask(f"{service} {number}") for number in range(_RENDERS)]
    former = stack.container(service)["State"]["Pid"]
    stack.crash(service)
    accepted += [site.ask(f"{service} {number} after") for number in range(2)]
    ended = [site.end(render) for render in accepted]
    assert {render["state"] for render in ended} == {"succeeded"}
    until(lambda: stack.container(service)["State"]["Pid"] not in {0, former} and stack.is_well(service), seconds=60)
    assert site.send("GET", "/xatra/").status_code == 200
