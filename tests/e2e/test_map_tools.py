"""What is done on the map itself: drawing, pictures, and what a forged message cannot do."""

import json
import re
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Route, expect
from tests.e2e.studio import Studio

# Says what the bridge of a map would say, as often as it can, to whoever frames it; the nonce is overheard.
FORGING = """
import xatra
xatra.TitleBox('''<img src="data:," onerror="
  let nonce = null;
  addEventListener('message', (event) => { nonce = event.data?.nonce ?? nonce; });
  setInterval(() => {
    for (let n = 0; n < 100; n++)
      for (const type of ['mapPoint', 'mapPoints', 'mapKey', 'mapDone', 'mapFeaturePick', 'mapReady'])
        parent.postMessage({ type, nonce, lat: 1, lng: 1, points: [[1, 1]], key: 'Backspace', gid: 'IND' }, '*');
  }, 50);
">''')
"""


def draw(studio: Studio, *places: tuple[int, int]) -> None:
    """Click on the map, at pixels from its corner."""
    box = studio.page.locator("iframe").first.bounding_box()
    assert box is not None
    for across, down in places:
        studio.page.mouse.click(box["x"] + across, box["y"] + down)
        studio.page.wait_for_timeout(400)  # two clicks at once would be a double click


def test_a_path_is_drawn_by_clicks_and_undone_in_one_step(studio: Studio) -> None:
    studio.wait_for_state("Done")
    studio.add("Path")
    course = studio.fields.get_by_label("Course")
    before = course.input_value()
    studio.button("Draw on the map").click()
    expect(studio.page.get_by_text("click to add points")).to_be_visible()
    draw(studio, (300, 300), (400, 350), (500, 300))
    expect(studio.page.get_by_text("3 points so far")).to_be_visible()
    studio.page.keyboard.press("Backspace")
    expect(studio.page.get_by_text("2 points so far")).to_be_visible()
    studio.button("Done").click()
    assert len(course.input_value().splitlines()) == 2
    assert course.input_value() != before
    studio.button("Undo").click()
    expect(course).to_have_value(before)


def test_escape_ends_drawing_wherever_the_keys_go(studio: Studio) -> None:
    studio.wait_for_state("Done")
    studio.add("Path")
    studio.button("Draw on the map").click()
    draw(studio, (300, 300), (400, 350))
    studio.page.keyboard.press("Escape")
    expect(studio.page.get_by_text("click to add points")).to_be_hidden()
    expect(studio.fields.get_by_label("Course")).to_have_value(re.compile(r"^-?[\d.]+, -?[\d.]+\n-?[\d.]+, -?[\d.]+$"))


def test_forged_messages_of_a_map_change_nothing(studio: Studio) -> None:
    studio.render(FORGING)
    studio.wait_for_state("Done")
    studio.wait_for_save()
    before = studio.program.inner_text()
    studio.page.wait_for_timeout(2_000)
    assert studio.program.inner_text() == before
    studio.button("Keyboard shortcuts").click()  # the page still answers
    expect(studio.dialog).to_be_visible()


def test_a_map_is_taken_along_as_page_picture_program_and_document(studio: Studio, tmp_path: Path) -> None:
    studio.wait_for_state("Done")
    taken: dict[str, Path] = {}
    for item in ("Page (.html)", "Picture (.png)", "Program (.py)", "Document (.json)"):
        with studio.page.expect_download() as download:
            studio.choose("Export", item)
        path = tmp_path / download.value.suggested_filename
        download.value.save_as(path)
        taken[path.suffix] = path
    assert "../assets/" not in taken[".html"].read_text()
    assert "xatra.Flag" in taken[".py"].read_text()
    assert "Magadha" in json.dumps(json.loads(taken[".json"].read_text()))
    with Image.open(taken[".png"]) as picture:
        assert len(set(picture.convert("RGB").resize((100, 80)).get_flattened_data())) > 50


def test_a_picture_is_taken_as_soon_as_the_map_is_drawn(open_studio: Callable[..., Studio]) -> None:
    studio = open_studio()
    held: list[Route] = []
    studio.page.route("**/artefacts/*", lambda route: held.append(route))  # noqa: PLW0108 - Playwright cannot mark a built-in
    studio.open()
    studio.wait_for_state("Done")
    with studio.page.expect_download() as download:
        studio.choose("Export", "Picture (.png)")
        expect(studio.button("Exporting …")).to_be_visible()
        for route in held:
            route.continue_()
    assert download.value.suggested_filename.endswith(".png")


def test_a_unit_is_picked_on_the_reference_map(open_studio: Callable[..., Studio]) -> None:
    studio = open_studio()
    studio.open("?begin=blank")
    studio.add("Realm")
    studio.fields.get_by_role("button", name="Pick on a map").click()
    units = studio.page.frame_locator("iframe:visible").locator(".leaflet-overlay-pane path.leaflet-interactive")
    units.nth(10).wait_for(state="attached", timeout=60_000)
    units.nth(10).click(force=True)  # in the middle of its box there may be another unit: either is one
    expect(studio.fields.get_by_role("button", name=re.compile(r"^Remove [A-Z]{3}\."))).to_be_visible()
