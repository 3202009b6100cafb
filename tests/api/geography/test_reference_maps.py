"""Maps to pick from: programs of ours, rendered by a real worker, clicked at in a real browser."""

from pathlib import Path
from typing import Any

import httpx2
import pytest
from playwright.sync_api import Page, expect
from tests.api.conftest import API
from tests.waiting import until

from xatra_api.geography import presets

# What whoever shows a map has to heed: only this frame may speak, and only in this form.
LISTENING_PAGE = """<!DOCTYPE html><title>picking</title>
<iframe sandbox="allow-scripts" style="width: 700px; height: 500px" src="{url}"></iframe>
<script>
const picks = [];
addEventListener("message", (event) => {{
  if (event.source !== document.querySelector("iframe").contentWindow) return;
  if (event.data?.type === "mapReady") document.title = "ready";
  if (event.data?.type === "mapFeaturePick") picks.push(event.data);
}});
</script>"""


@pytest.fixture(scope="module", autouse=True)
def worker_with_index(spared_tables: set[str], request: pytest.FixtureRequest) -> None:
    """Start a worker whose index stays in the database between tests."""
    spared_tables.add("geography_indexes")
    request.getfixturevalue("shared_worker")


@pytest.fixture
def indexed(api: httpx2.Client) -> httpx2.Client:
    """Return a client of an api whose worker has indexed its data."""
    until(lambda: api.get(f"{API}/geography/countries").status_code == 200)
    return api


def ask(api: httpx2.Client, what: str = "reference-maps", **body: object) -> httpx2.Response:
    return api.post(f"{API}/geography/{what}", json=body, headers={"Prefer": "wait=30"})


def pick(page: Page, api: httpx2.Client, render: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Click into the middle of a map, and return what it tells the page around it."""
    assert render["state"] == "succeeded", render
    listening = folder / "page.html"
    listening.write_text(LISTENING_PAGE.format(url=str(api.base_url).rstrip("/") + render["artefact"]["url"]))
    page.goto(listening.as_uri())
    expect(page).to_have_title("ready", timeout=30_000)
    page.locator("iframe").click()
    page.wait_for_function("picks.length")
    picked: dict[str, Any]
    [picked] = page.evaluate("picks")
    return picked


def test_a_click_on_a_reference_map_picks_a_unit_of_its_level(
    page: Page, indexed: httpx2.Client, tmp_path: Path
) -> None:
    render = ask(indexed, countries=["BTN"], level=1).json()
    picked = pick(page, indexed, render, tmp_path)

    assert picked["featureType"] == "gadm"
    unit = indexed.get(f"{API}/geography/units/{picked['gid']}").json()
    assert (unit["country"], unit["level"], unit["name"]) == ("BTN", 1, picked["name"])


def test_a_click_on_a_territory_map_picks_a_territory(page: Page, indexed: httpx2.Client, tmp_path: Path) -> None:
    render = ask(indexed, "territory-maps", territories=["SIMHALA"]).json()
    picked = pick(page, indexed, render, tmp_path)

    assert (picked["featureType"], picked["name"]) == ("territory", "SIMHALA")


def test_the_same_choice_in_another_order_is_answered_from_the_cache(indexed: httpx2.Client) -> None:
    first = ask(indexed, countries=["BTN", "LKA"], level=0)
    second = ask(indexed, countries=["LKA", "BTN", "LKA"], level=0)

    assert (first.status_code, first.json()["cached"]) == (200, False)
    assert (second.status_code, second.json()["cached"]) == (200, True)
    assert first.json()["artefact"] == second.json()["artefact"]


def test_a_map_is_asked_for_as_any_other_render(indexed: httpx2.Client) -> None:
    answer = indexed.post(f"{API}/geography/reference-maps", json={"countries": ["LKA"], "level": 2})

    assert answer.status_code == 202
    assert answer.headers["Location"] == f"{API}/renders/{answer.json()['id']}"
    assert until(lambda: indexed.get(answer.headers["Location"]).json()["state"] == "succeeded")


def test_rivers_are_shown_where_they_are_asked_for(indexed: httpx2.Client) -> None:
    without = ask(indexed, countries=["BTN"], level=0).json()["artefact"]
    with_them = ask(indexed, countries=["BTN"], level=0, rivers=True).json()["artefact"]
    assert with_them["size_bytes"] > without["size_bytes"] + 100_000
    assert ask(indexed, countries=[], level=0, rivers=True).json()["state"] == "succeeded"


@pytest.mark.parametrize(
    ("body", "slug", "says"),
    [
        ({"countries": ["FRA", "IND"], "level": 1}, "not-in-map-data", "There is no country FRA."),
        ({"countries": ["BTN", "NPL"], "level": 3}, "not-in-map-data", "BTN has no level 3, but levels 0, 1, 2."),
        ({"countries": ["IND"], "level": 4}, "invalid-request", ""),
        ({"countries": [], "level": 1}, "invalid-request", ""),
        ({"countries": ['IND")'], "level": 1}, "invalid-request", ""),
        ({"countries": ["IND"], "level": "1"}, "invalid-request", ""),
    ],
)
def test_what_no_map_can_show_is_a_problem(indexed: httpx2.Client, body: dict[str, Any], slug: str, says: str) -> None:
    answer = ask(indexed, **body)
    assert (answer.status_code, answer.json()["type"]) == (422, f"urn:xatra:problem:{slug}")
    assert says in answer.json().get("detail", "")


@pytest.mark.parametrize(
    "body",
    [
        {"territories": []},
        {"territories": ["class"]},
        {"territories": ["__builtins__"]},
        {"territories": ['A", 1); import os #']},
        {"territories": ["A"], "library": "/map/mauryas"},
        {"territories": ["A"], "library": '/lib/x")\n'},
        {"territories": ["A"], "library": "/lib/x/0"},
    ],
)
def test_what_names_no_territory_of_a_library_is_refused(indexed: httpx2.Client, body: dict[str, Any]) -> None:
    assert ask(indexed, "territory-maps", **body).status_code == 422


def test_a_territory_that_the_library_does_not_have_is_the_render_s_error(indexed: httpx2.Client) -> None:
    error = ask(indexed, "territory-maps", territories=["ATLANTIS"]).json()["error"]
    assert (error["by"], error["type"]) == ("author", "AttributeError")


def test_programs_are_what_a_person_would_write() -> None:
    assert presets.reference_map(["IND", "BTN", "IND"], 2, rivers=True) == (
        'import xatra\n\nxatra.Admin("BTN", level=2)\nxatra.Admin("IND", level=2)\nxatra.AdminRivers()\n'
    )
    assert presets.territory_map("/lib/mauryas/2", ["MAGADHA", "AVANTI"]) == (
        'import xatra\n\nlibrary = xatra.xatrahub("/lib/mauryas/2")\n\n'
        'xatra.Flag("AVANTI", library.AVANTI)\nxatra.Flag("MAGADHA", library.MAGADHA)\n'
    )
