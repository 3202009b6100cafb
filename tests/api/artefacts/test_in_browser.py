"""What a browser makes of a map: it draws, and reaches nothing."""

import gzip
import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from tests.api.artefacts.conftest import StoredMap, page_with
from tests.api.conftest import API
from tests.waiting import until

from xatra_shared.artifacts.store import open_store

# Tries what a hostile map would try, and writes down how each attempt went.
HOSTILE = b"""{};
const attempts = {};
const attempt = async (name, trial) => {
  try { attempts[name] = String(await trial()); } catch (error) { attempts[name] = `refused: ${error.name}`; }
};
window.attempts = attempts;
window.done = Promise.all([
  attempt('cookie', () => document.cookie),
  attempt('storage', () => localStorage.length),
  attempt('api', () => fetch('../files').then(answer => answer.text())),
  attempt('write', () => fetch('../files?name=a.csv', {method: 'PUT', body: 'a,b\\n', mode: 'no-cors'})),
  attempt('eval', () => eval('1 + 1')),
]).then(() => { window.finished = true; });
const ignored = {}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Chrome]:
    browser_path, driver_path = shutil.which("chromium"), shutil.which("chromedriver")
    if not (browser_path and driver_path):
        pytest.skip("needs Debian's packages chromium and chromium-driver")
    options = ChromeOptions()
    options.binary_location = browser_path
    for argument in ("headless=new", "no-sandbox", "disable-gpu", "disable-dev-shm-usage"):
        options.add_argument(f"--{argument}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    with Chrome(options, Service(driver_path)) as driver:
        yield driver


def at(api: httpx2.Client) -> str:
    return f"{str(api.base_url).rstrip('/')}{API}"


def complaints(browser: Chrome) -> list[str]:
    """Return what the browser's console has to say since it was last asked."""
    entries: list[dict[str, str]] = browser.get_log("browser")
    return [entry["message"] for entry in entries if "favicon" not in entry["message"]]


def test_a_map_draws_with_its_assets_under_its_policy(
    browser: Chrome, api: httpx2.Client, stored_map: StoredMap
) -> None:
    browser.get(f"{at(api)}/artefacts/{stored_map.sha256}")

    assert until(lambda: browser.title == "drawn")
    assert browser.execute_script("return L.version && typeof L.Control.Geocoder && typeof L.Control.Search")
    assert browser.execute_script("return getComputedStyle(document.querySelector('#map')).overflow") == "hidden"
    assert browser.execute_async_script(
        "const done = arguments[0]; document.fonts.load('16px Inter').then(fonts => done(fonts.length))"
    )
    assert complaints(browser) == []


def test_a_downloaded_map_draws_from_disk(
    browser: Chrome, api: httpx2.Client, stored_map: StoredMap, tmp_path: Path
) -> None:
    file = tmp_path / "map.html"
    file.write_bytes(api.get(f"{API}/artefacts/{stored_map.sha256}?download").content)
    browser.get(f"file://{file}")

    assert until(lambda: browser.title == "drawn")
    assert browser.execute_script("return typeof L.Control.Geocoder && typeof L.Control.Search")
    assert complaints(browser) == []


def test_a_hostile_map_reaches_neither_cookies_nor_the_api(
    browser: Chrome, api: httpx2.Client, stored_map: StoredMap, store_url: str
) -> None:
    page = page_with(HOSTILE)
    sha256 = hashlib.sha256(page).hexdigest()
    open_store(store_url).put_artefact(sha256, gzip.compress(page))
    base = at(api)
    browser.get(f"{base}/files")
    browser.add_cookie({"name": "session", "value": "secret", "path": "/"})
    browser.get(f"{base}/artefacts/{sha256}")

    until(lambda: browser.execute_script("return window.finished === true"))
    attempts = browser.execute_script("return window.attempts")
    assert attempts["cookie"] == attempts["storage"] == "refused: SecurityError"
    assert attempts["api"] == attempts["write"] == "refused: TypeError"
    assert attempts["eval"] == "refused: EvalError"
    assert api.get(f"{API}/files").json()["files"] == []
    assert any("violates" in message for message in complaints(browser))
