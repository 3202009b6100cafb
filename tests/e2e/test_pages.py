"""Every page of the studio: fit for everybody, in light and dark, on a desk and on a phone."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.studio import Studio

AXE = Path(__file__).parents[2] / "services/web/node_modules/axe-core/axe.min.js"
PHONE = {"width": 360, "height": 740}

PAGES = {
    "": "Draft",
    "new": "New map",
    "explore": "Explore",
    "maurya": "maurya",
    "user/samples": "samples",
    "login": "Sign in",
    "nothing_here": "There is no such map",
}
"""Address of each page that everybody may see -> its heading."""


def faults(page: Page) -> list[dict[str, Any]]:
    """Return what axe finds that keeps people from using a page."""
    page.add_script_tag(path=AXE)
    found = page.evaluate("axe.run(document, { iframes: false, resultTypes: ['violations'] })")
    return [
        {"rule": fault["id"], "where": [node["target"] for node in fault["nodes"]], "help": fault["help"]}
        for fault in found["violations"]
        if fault["impact"] in {"serious", "critical"}
    ]


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.long)])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_on_a_page_keeps_people_from_using_it(
    open_studio: Callable[..., Studio], path: str, scheme: str
) -> None:
    # Where a policy forbids scripts that are not the studio's own, it would forbid the examination too.
    studio = open_studio(color_scheme=scheme, bypass_csp=True)
    studio.open(path)
    expect(studio.page.get_by_role("heading", name=PAGES[path], exact=True)).to_be_visible()
    studio.wait_until_quiet()
    assert faults(studio.page) == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_a_phone_without_scrolling_sideways(open_studio: Callable[..., Studio], path: str) -> None:
    studio = open_studio(viewport=PHONE)
    studio.open(path)
    expect(studio.page.get_by_role("heading", name=PAGES[path], exact=True)).to_be_visible()
    assert studio.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_a_title_of_its_own_and_loads_without_complaint(
    open_studio: Callable[..., Studio], path: str
) -> None:
    studio = open_studio()
    studio.open(path)
    expect(studio.page.get_by_role("heading", name=PAGES[path], exact=True)).to_be_visible()
    assert PAGES[path].split()[0].lower() in studio.page.title().lower()
    studio.wait_until_quiet()
    assert studio.complaints == []
