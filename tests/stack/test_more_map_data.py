"""A stack that runs takes up more map data, and nothing but warm parents starts anew."""

from typing import Any

from tests.stack.engine import NEEDS_ENGINE
from tests.stack.site import Site, Stack
from tests.waiting import until

pytestmark = list(NEEDS_ENGINE)

_GREECE = 'import xatra\nfrom xatra.loaders import gadm\nxatra.Flag("Greece {0}", gadm("GRC"))\n'


def render(site: Site, label: str) -> dict[str, Any]:
    answer = site.send("POST", "/xatra/api/renders", json={"program": _GREECE.format(label)})
    return site.end(answer.json()["id"])


def starts(stack: Stack) -> dict[str, str]:
    services = ("api-blue", "auth-blue", "render-worker", "scheduler", "traefik")
    return {name: stack.container(name)["State"]["StartedAt"] for name in services}


def test_nothing_is_installed_before_its_terms_are_accepted(stack: Stack):
    refused = stack.make("data", "DATA=full", "ACCEPT_DATA_TERMS=", check=False)
    assert refused.returncode != 0
    assert "3 GB to download" in refused.stdout


def test_more_data_are_taken_up_while_everything_runs(stack: Stack, site: Site):
    assert render(site, "before")["state"] == "failed"
    before = starts(stack)
    stack.make("data", "DATA=asia", "ACCEPT_DATA_TERMS=yes")
    until(lambda: render(site, "after")["state"] == "succeeded", seconds=60)
    until(lambda: site.send("GET", "/xatra/api/geography/units/GRC").status_code == 200, seconds=60)
    assert starts(stack) == before
