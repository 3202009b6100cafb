"""What a browser makes of a map on another site's page: it shows it, and the map reaches neither site."""

import gzip
import hashlib
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route
from tests.api.conftest import API
from tests.api.embedding.conftest import SetArtefact
from tests.api.users import User
from tests.shared.http.serving import serving

from xatra_shared.artifacts.store import open_store

PAGE = b"""<!DOCTYPE html><html><head><title>map</title></head><body><p id="seen"></p><script>
const attempts = {};
for (const [name, trial] of [
  ['cookie', () => document.cookie],
  ['parent', () => parent.document.title],
  ['top', () => top.document.title],
  ['navigate', () => { top.location = 'about:blank'; }],
]) {
  try { attempts[name] = String(trial()); } catch (error) { attempts[name] = error.name; }
}
document.getElementById('seen').textContent = JSON.stringify(attempts);
</script></body></html>"""


@pytest.fixture
def elsewhere() -> Iterator[str]:
    """Serve another site, whose pages frame whatever they are told to, and return its address."""

    async def framing(request: Request) -> HTMLResponse:
        return HTMLResponse(f"<title>blog</title><iframe src='{request.query_params['url']}'></iframe>")

    with serving(Starlette(routes=[Route("/", framing)])) as url:
        yield url.replace("127.0.0.1", "localhost")


def test_a_map_is_shown_on_another_sites_page_and_reaches_neither_site(
    page: Page, elsewhere: str, guest: User, rivers: str, set_artefact: SetArtefact, store_url: str
) -> None:
    sha256 = hashlib.sha256(PAGE).hexdigest()
    open_store(store_url).put_artefact(sha256, gzip.compress(PAGE))
    set_artefact(sha256)

    page.goto(f"{elsewhere}/?url={str(guest.client.base_url).rstrip('/')}{API}/embed/rivers")
    seen = page.frame_locator("iframe").frame_locator("iframe").locator("#seen")

    expect(seen).to_contain_text("SecurityError")
    assert seen.inner_text().count('"SecurityError"') == 4, seen.inner_text()
    assert page.title() == "blog"
