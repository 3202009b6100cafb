"""What a browser makes of a map: it draws, and reaches nothing."""

import gzip
import hashlib
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Page, expect
from tests.api.artefacts.conftest import StoredMap, page_with
from tests.api.conftest import API

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


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """Return what the browser's console has to say."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    return said


def at(api: httpx2.Client) -> str:
    return f"{str(api.base_url).rstrip('/')}{API}"


def test_a_map_draws_with_its_assets_under_its_policy(
    page: Page, complaints: list[str], api: httpx2.Client, stored_map: StoredMap
) -> None:
    page.goto(f"{at(api)}/artefacts/{stored_map.sha256}")

    expect(page).to_have_title("drawn")
    assert page.evaluate("L.version && typeof L.Control.Geocoder && typeof L.Control.Search")
    assert page.evaluate("getComputedStyle(document.querySelector('#map')).overflow") == "hidden"
    assert page.evaluate("document.fonts.load('16px Inter').then(fonts => fonts.length)")
    assert complaints == []


def test_a_downloaded_map_draws_from_disk(
    page: Page, complaints: list[str], api: httpx2.Client, stored_map: StoredMap, tmp_path: Path
) -> None:
    file = tmp_path / "map.html"
    file.write_bytes(api.get(f"{API}/artefacts/{stored_map.sha256}?download").content)
    page.goto(f"file://{file}")

    expect(page).to_have_title("drawn")
    assert page.evaluate("typeof L.Control.Geocoder && typeof L.Control.Search")
    assert complaints == []


def test_a_hostile_map_reaches_neither_cookies_nor_the_api(
    page: Page, complaints: list[str], api: httpx2.Client, store_url: str
) -> None:
    hostile = page_with(HOSTILE)
    sha256 = hashlib.sha256(hostile).hexdigest()
    open_store(store_url).put_artefact(sha256, gzip.compress(hostile))
    page.context.add_cookies([{"name": "session", "value": "secret", "url": at(api)}])
    page.goto(f"{at(api)}/artefacts/{sha256}")

    page.wait_for_function("window.finished === true")
    attempts = page.evaluate("window.attempts")
    assert attempts["cookie"] == attempts["storage"] == "refused: SecurityError"
    assert attempts["api"] == attempts["write"] == "refused: TypeError"
    assert attempts["eval"] == "refused: EvalError"
    assert api.get(f"{API}/files").json()["files"] == []
    assert any("violates" in message for message in complaints)
