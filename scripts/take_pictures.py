"""Takes the product's pictures with a running `make demo`: `take_pictures.py http://localhost:8080/xatra/`.

The thumbnails of the sample maps go to `examples/pictures`, pages of the studio in light and dark to `docs/pictures`.
"""

import argparse
import io
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

_ROOT: Final = Path(__file__).parents[1]
_CARD: Final = (640, 400)
_DESK: Final = {"width": 1400, "height": 875}
_QUALITY: Final = 80
_SETTLED_MILLISECONDS: Final = 2_000  # tiles, fonts, and whatever moves
_LATER: Final = """
  const year = document.getElementById("year");
  if (year) {
    year.value = Number(year.min) + 0.55 * (year.max - year.min);
    year.dispatchEvent(new Event("input"));
  }
"""
_MAP_ALONE: Final = "#title, #controls, .leaflet-control-container { display: none }"


def main() -> None:
    """Take all pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url", help="the studio's first page")
    url = parser.parse_args().url
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        _take_cards(browser, url)
        for scheme in ("light", "dark"):
            _take_pages(browser, url, scheme)
        browser.close()


def _take_cards(browser: Browser, url: str) -> None:
    page = browser.new_page(viewport={"width": 1024, "height": 640})
    works = page.request.get(f"{url}api/users/samples/works?limit=30").json()["works"]
    for work in works:
        version = page.request.get(f"{url}api/hub/map/{work['name']}/versions/latest").json()
        page.goto(f"{url.removesuffix('/xatra/')}{version['artefact']['url']}")
        page.evaluate(_LATER)
        page.add_style_tag(content=_MAP_ALONE)
        _save(page, _ROOT / "examples" / "pictures" / f"{work['name']}.webp", size=_CARD)
    page.close()


def _take_pages(browser: Browser, url: str, scheme: str) -> None:
    page = browser.new_context(viewport=_DESK, color_scheme=scheme, device_scale_factor=1).new_page()  # type: ignore[arg-type]
    for name, path, prepare in _PAGES:
        page.goto(f"{url}{path}")
        page.wait_for_load_state("networkidle")
        prepare(page)
        _save(page, _ROOT / "docs" / "pictures" / f"{name}-{scheme}.webp")


def _save(page: Page, path: Path, size: tuple[int, int] | None = None) -> None:
    page.wait_for_timeout(_SETTLED_MILLISECONDS)
    picture = Image.open(io.BytesIO(page.screenshot()))
    path.parent.mkdir(exist_ok=True)
    (picture.resize(size, Image.Resampling.LANCZOS) if size else picture).save(path, quality=_QUALITY, method=6)


def _as_it_is(_page: Page) -> None:
    pass


def _choose_layer(page: Page) -> None:
    if (hint := page.get_by_role("button", name="Got it")).is_visible():
        hint.click()
    page.get_by_role("row", name="Magadha").click()


def _open_code(page: Page) -> None:
    page.get_by_role("region", name="Editor").get_by_text("Code", exact=True).click()


_PAGES: Final[tuple[tuple[str, str, Callable[[Page], None]], ...]] = (
    ("explore", "explore", _as_it_is),
    ("builder", "", _choose_layer),
    ("code", "", _open_code),
    ("map", "mughal_subahs", _as_it_is),
    ("keyboard", "", lambda page: page.keyboard.press("?")),
)

if __name__ == "__main__":
    main()
