"""The first page, in a real browser in front of the whole service."""

from pathlib import Path
from uuid import uuid4

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from tests.e2e.first_page import FirstPage

MAP = 'import xatra\n\nxatra.Text("here", [20, 80])\n'

# Text below 4.5:1 against what lies behind it (WCAG 2.2, 1.4.3); large text, disabled controls and frames aside.
PALE_TEXTS = """
    const channels = (color) => color.match(/[\\d.]+/g).map(Number);
    const luminance = ([r, g, b]) => [r, g, b]
      .map((c) => c / 255)
      .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
      .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
    const behind = (node) => {
      for (; node; node = node.parentElement) {
        const color = channels(getComputedStyle(node).backgroundColor);
        if (color[3] !== 0) return color;
      }
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const pale = [];
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      if (!walker.currentNode.data.trim() || !element.checkVisibility() || element.disabled) continue;
      const [a, b] = [channels(getComputedStyle(element).color), behind(element)].map(luminance);
      const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      if (ratio < 4.5) pale.push(`${ratio.toFixed(2)} ${walker.currentNode.data.trim().slice(0, 40)}`);
    }
    return pale;
"""


def test_the_page_loads_without_complaint_of_the_browser(page: FirstPage) -> None:
    assert page.complaints() == []


def test_the_first_example_is_shown_at_once(page: FirstPage) -> None:
    page.wait_until(lambda: page.count_in_map(".leaflet-overlay-pane path") > 0, "a map with shapes")


def test_a_click_on_an_example_shows_its_program_and_its_map(page: FirstPage) -> None:
    page.element('a[href="#mahajanapadas"]').click()
    page.wait_until(lambda: page.count_in_map(".flag.confederacy") > 0, "the confederacies on the map")
    assert page.count_in_map(".leaflet-overlay-pane path") > 15
    assert "mahajanapadas" in (page.element("#code").get_attribute("value") or "")
    assert page.browser.current_url.endswith("#mahajanapadas")
    assert page.element('a[href="#mahajanapadas"]').get_attribute("aria-current") == "true"


def test_an_example_with_a_file_comes_with_it_attached(page: FirstPage) -> None:
    page.element('a[href="#census-density"]').click()
    page.wait_until(lambda: "population.csv" in page.element("#files").text, "the file")
    page.wait_until(lambda: page.count_in_map(".data") > 30, "the states on the map")


def test_the_address_opens_its_example(page: FirstPage) -> None:
    page.open("#rivers-of-the-rigveda")
    page.wait_until(lambda: page.count_in_map(".river.vedic") > 0, "the rivers on the map")


def test_the_map_is_framed_without_access_to_the_page(page: FirstPage) -> None:
    assert page.element("#map").get_attribute("sandbox") == "allow-scripts allow-popups"


def test_the_map_can_be_opened_alone_and_downloaded(page: FirstPage) -> None:
    address = page.element("#map").get_attribute("src")
    assert page.element("#open-map").get_attribute("href") == address
    assert page.element("#download-map").get_attribute("href") == f"{address}?download"


def test_a_failing_program_shows_its_line_and_leads_to_it(page: FirstPage) -> None:
    page.render("import xatra\n\nking = 1 / 0\nxatra.show()\n")
    page.wait_for_state("Failed")
    assert "ZeroDivisionError" in page.messages
    page.element("#messages button.line").click()
    assert page.selection == "king = 1 / 0"


def test_a_program_that_is_not_python_shows_its_line_and_leads_to_it(page: FirstPage) -> None:
    page.render("import xatra\nxatra.Flag(\n")
    page.wait_for_state("Not rendered: see line 2")
    page.element("#messages button.line").click()
    assert page.selection == "xatra.Flag("


def test_warnings_and_what_the_program_prints_are_shown(page: FirstPage) -> None:
    page.render(f'{MAP}xatra.Flag("Nowhere", xatra.gadm("IND.99"))\nprint("long live the king")\n')
    page.wait_for_state("Done")
    assert "IND.99" in page.messages
    assert "long live the king" in page.messages


def test_what_a_program_says_is_shown_as_text(page: FirstPage) -> None:
    page.render(f'{MAP}print("<b id=bold>bold</b>")\n')
    page.wait_for_state("Done")
    assert "<b id=bold>bold</b>" in page.messages
    assert page.browser.find_elements(By.ID, "bold") == []


def test_stop_ends_a_sleeping_program(page: FirstPage) -> None:
    page.render(f"# {uuid4()}\nimport time\ntime.sleep(50)\n")
    page.wait_for_state("Running")
    page.element("#stop").click()
    page.wait_for_state("Stopped", seconds=5)
    assert not page.element("#stop").is_enabled()


def test_stop_is_heeded_even_before_the_service_has_answered(page: FirstPage) -> None:
    page.render(f"# {uuid4()}\nimport time\ntime.sleep(50)\n")
    page.element("#stop").click()
    page.wait_for_state("Stopped", seconds=8)


def test_a_new_render_takes_the_place_of_the_one_in_hand(page: FirstPage) -> None:
    page.render(f"# {uuid4()}\nimport time\ntime.sleep(50)\n")
    page.wait_for_state("Running")
    page.render(f"# {uuid4()}\n{MAP}")
    page.wait_for_state("Done")


def test_an_identical_render_is_known_already(page: FirstPage) -> None:
    page.render(f"# {uuid4()}\n{MAP}")
    page.wait_until(lambda: page.state.startswith("Done") and "known" not in page.state, "a new map")
    page.element("#render").click()
    page.wait_until(lambda: page.state.endswith("(known already)"), "a known map")


def test_an_attached_file_is_read_by_its_name(page: FirstPage, csv_file: Path) -> None:
    page.element("#file").send_keys(str(csv_file))
    page.wait_until(lambda: "kings_queens.csv" in page.element("#files").text, "the attached file")
    page.render(f'{MAP}print(open("kings_queens.csv").read())\n')
    page.wait_for_state("Done")
    assert "Rudrama Devi,1262" in page.messages


def test_a_detached_file_is_gone_for_the_program(page: FirstPage, csv_file: Path) -> None:
    page.element("#file").send_keys(str(csv_file))
    page.wait_until(lambda: "kings_queens.csv" in page.element("#files").text, "the attached file")
    page.element('[aria-label="Detach kings_queens.csv"]').click()
    page.render(f'{MAP}open("kings_queens.csv")\n')
    page.wait_for_state("Failed")
    assert "FileNotFoundError" in page.messages


def test_ctrl_enter_renders(page: FirstPage) -> None:
    page.write(f'{MAP}print("by key")\n')
    page.element("#code").send_keys(Keys.CONTROL, Keys.ENTER)
    page.wait_until(lambda: "by key" in page.messages, "what was printed")


def test_tab_indents_to_the_next_stop(page: FirstPage) -> None:
    page.write("if x:\ny")
    page.element("#code").send_keys(Keys.ARROW_LEFT, Keys.TAB)
    assert page.element("#code").get_attribute("value") == "if x:\n    y"


def test_tab_indents_all_selected_lines(page: FirstPage) -> None:
    page.write("a\n\nb")
    page.element("#code").send_keys(Keys.CONTROL, "a")
    page.element("#code").send_keys(Keys.TAB)
    assert page.element("#code").get_attribute("value") == "    a\n\n    b"


def test_escape_and_tab_leave_the_code_box(page: FirstPage) -> None:
    page.element("#code").send_keys(Keys.ESCAPE, Keys.TAB)
    assert page.browser.switch_to.active_element.get_attribute("id") == "render"


def test_the_end_of_a_render_is_announced(page: FirstPage) -> None:
    page.render("king = 1 / 0\n")
    page.wait_for_state("Failed")
    region = page.element("[role=status]")
    assert "division by zero" in (region.get_attribute("textContent") or "")


def test_a_service_that_is_gone_is_named_and_can_be_tried_again(page: FirstPage) -> None:
    page.browser.set_network_conditions(offline=True, latency=0, throughput=0)
    page.render(f"# {uuid4()}\n{MAP}")
    page.wait_for_state("Not rendered")
    assert "The service does not answer" in page.messages
    page.browser.delete_network_conditions()
    page.element("#messages button").click()
    page.wait_for_state("Done")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_background(page: FirstPage, scheme: str) -> None:
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    page.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    page.render(f'{MAP}xatra.Flag("Nowhere", xatra.gadm("IND.99"))\nprint("printed")\n1 / 0\n')
    page.wait_for_state("Failed")
    assert page.browser.execute_script(PALE_TEXTS) == []


def test_every_control_has_a_name(page: FirstPage) -> None:
    tree = page.browser.execute_cdp_cmd("Accessibility.getFullAXTree", {})
    controls = [node for node in tree["nodes"] if node.get("role", {}).get("value") in {"button", "link", "textbox"}]
    assert len(controls) > 10
    assert [node for node in controls if not node["name"].get("value")] == []


def test_the_page_fits_a_phone_without_scrolling_sideways(page: FirstPage) -> None:
    phone = {"width": 320, "height": 640, "deviceScaleFactor": 2, "mobile": True}
    page.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", phone)
    assert page.browser.execute_script("return document.documentElement.scrollWidth") <= 320
