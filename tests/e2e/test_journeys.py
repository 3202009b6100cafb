"""What people come for, from beginning to end, in a real browser in front of the whole service."""

import json
import re
import secrets
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.e2e.studio import PASSWORD, Studio

OPEN = Callable[..., Studio]


def new_name(beginning: str) -> str:
    """Return a name that nobody has."""
    return f"{beginning}_{secrets.token_hex(4)}"


def with_a_map(open_studio: OPEN, *, program: str | None = None) -> tuple[Studio, str]:
    """Return the studio of somebody new, with a map of theirs open, and the map's name."""
    studio = open_studio()
    studio.open()
    if program:
        studio.write(program)
        studio.wait_for_save()
    studio.sign_up(new_name("asha"))
    name = new_name("kingdoms")
    studio.save_draft_as(name)
    return studio, name


def with_a_library(open_studio: OPEN, territories: str) -> tuple[Studio, str]:
    """Return the studio of somebody new who has published version 1 of a library, and the library's name."""
    author = open_studio()
    author.open()
    author.sign_up(new_name("author"))
    name = new_name("lands")
    author.begin("A territory library", name)
    author.write_library(f"from xatra import gadm\n\n{territories}")
    assert "version 1" in author.publish()
    return author, name


def test_a_guests_draft_survives_a_reload_and_a_look_around(studio: Studio) -> None:
    studio.open_layer("Magadha").get_by_label("Label").fill("Vaishali")
    studio.wait_for_save()
    studio.page.reload()
    expect(studio.editor.get_by_role("row", name="Vaishali")).to_be_visible()
    studio.open("maurya")
    expect(studio.page.get_by_role("heading", name="maurya")).to_be_visible()
    studio.page.get_by_role("link", name="My draft").click()
    expect(studio.editor.get_by_role("row", name="Vaishali")).to_be_visible()
    assert studio.complaints == []


def test_a_newcomer_makes_publishes_and_forks_a_map_and_imports_a_library(open_studio: OPEN) -> None:
    _, lands = with_a_library(open_studio, "MAGADHA = gadm('IND.5')\nKOSALA = gadm('IND.34')\n")

    newcomer = open_studio()
    newcomer.open()
    newcomer.wait_for_state("Done")
    newcomer.open_layer("Magadha").get_by_label("To", exact=True).fill("-400")
    newcomer.button("Render").click()
    newcomer.wait_for_state("Done")
    newcomer.sign_up(new_name("newcomer"))
    expect(newcomer.editor.get_by_role("row", name="Magadha")).to_contain_text("540 BC to 400 BC")
    name = new_name("kingdoms")
    newcomer.save_draft_as(name)
    assert "version 1" in newcomer.publish()
    assert [work["name"] for work in newcomer.api(f"explore?q={name}")["works"]] == [name]

    fork = new_name("fork")
    newcomer.open("maurya")
    newcomer.fork(fork)
    assert newcomer.api(f"hub/map/{fork}")["forked_from"]["name"] == "maurya"

    newcomer.open(name)
    newcomer.import_library(lands)
    expect(newcomer.editor.get_by_text(lands).first).to_be_visible()
    newcomer.wait_for_save()
    assert f'xatrahub("/lib/{lands}/1")' in newcomer.api(f"hub/map/{name}")["alpha"]["content"]


def test_a_draft_is_promoted_under_a_free_name_alone_and_whole(open_studio: OPEN) -> None:
    studio = open_studio()
    studio.open()
    studio.write('import xatra\n\nlands = xatra.xatrahub("/map/maurya/1")\n\nxatra.Text("mine", [20, 80])\n')
    studio.wait_for_save()
    username = new_name("asha")
    studio.sign_up(username)
    studio.button("Save as …").click()
    studio.send_name("maurya")
    expect(studio.dialog.get_by_role("alert")).to_contain_text("taken")
    studio.dialog.get_by_role("button", name="Cancel").click()
    name = new_name("mine")
    studio.save_draft_as(name)
    content = studio.api(f"hub/map/{name}")["alpha"]["content"]
    assert 'xatra.Text("mine"' in content
    assert 'xatrahub("/map/maurya/1")' in content
    assert [work["name"] for work in studio.api(f"users/{username}/works")["works"]] == [name]


def test_a_territory_of_groups_comes_back_from_code_as_it_was(studio: Studio) -> None:
    program = (
        "import xatra\nfrom xatra import gadm, polygon\n\n"
        'xatra.Flag("Left over", gadm("IND") - (gadm("IND.1") | polygon([[20, 78], [22, 78], [22, 80]])))\n'
    )
    studio.write(program)
    studio.edit_as("Builder")
    form = studio.open_layer("Left over")
    for part in ("Remove IND", "without the group: change", "Remove IND.1", "Remove an area of 3 corners"):
        expect(form.get_by_role("button", name=part, exact=True)).to_be_visible()
    studio.edit_as("Code")
    expect(studio.program).to_contain_text('gadm("IND") - (gadm("IND.1") | polygon([[20, 78], [22, 78], [22, 80]]))')
    assert studio.complaints == []


def test_every_kind_of_layer_comes_back_from_code_as_it_was(open_studio: OPEN) -> None:
    studio = open_studio()
    studio.open("?begin=blank")
    studio.button("Add").click()
    kinds = [
        re.split(r"\n", item.inner_text())[0]
        for item in studio.page.get_by_role("menuitem").all()
        if not re.match("Import|Python", item.inner_text())  # a dialog; and without code it is a comment
    ]
    studio.page.keyboard.press("Escape")
    assert len(kinds) > 15
    for kind in kinds:
        studio.add(kind)
    rows = studio.editor.get_by_role("row")
    expect(rows).to_have_count(len(kinds))
    before = rows.all_inner_texts()
    studio.wait_for_save()
    studio.edit_as("Code")
    studio.program.press("ControlOrMeta+End")
    studio.page.keyboard.insert_text("\n# the end\n")  # so that the layers are read from the program again
    studio.wait_for_save()
    studio.edit_as("Builder")
    expect(rows).to_have_count(len(kinds))
    assert rows.all_inner_texts() == before
    assert studio.complaints == []


def test_an_import_says_that_there_is_a_newer_version_and_takes_it(open_studio: OPEN) -> None:
    author, lands = with_a_library(open_studio, "CORE = gadm('IND.5')\nEDGE = gadm('IND.34')\n")
    studio, name = with_a_map(
        open_studio,
        program=f'import xatra\n\nhills = xatra.xatrahub("/lib/{lands}/1")\n\nxatra.Flag("Edge", hills.EDGE)\n',
    )
    author.write_library("from xatra import gadm\n\nCORE = gadm('IND.5') | gadm('IND.34')\n")
    assert "version 2" in author.publish()
    studio.page.reload()
    studio.open_layer("hills")
    studio.button("Take version 2").click()
    expect(studio.page.get_by_text("EDGE").filter(visible=True).last).to_be_visible()  # what it has no more is named
    studio.wait_for_save()
    assert f'xatrahub("/lib/{lands}/2")' in studio.api(f"hub/map/{name}")["alpha"]["content"]


def test_publishing_makes_an_immutable_version_and_unchanged_content_none(open_studio: OPEN) -> None:
    studio, name = with_a_map(open_studio)
    assert "version 1" in studio.publish()
    assert "No changes" in studio.publish()
    studio.open(f"{name}/v1")
    expect(studio.page.locator("iframe")).to_be_visible()
    assert studio.page.get_by_role("textbox", name="Program").count() == 0
    reader = open_studio()
    reader.open(name)
    reader.page.locator("iframe").wait_for()
    expect(reader.page.frame_locator("iframe").locator(".leaflet-overlay-pane path").first).to_be_attached()
    assert reader.complaints == []


def test_what_is_said_of_a_map_outlives_its_edits(open_studio: OPEN) -> None:
    studio, name = with_a_map(open_studio)
    studio.choose("More", "Description, visibility")
    studio.dialog.get_by_label("Description").fill("Of the Ganges")
    studio.dialog.get_by_role("button", name="Save", exact=True).click()
    expect(studio.dialog).to_be_hidden()
    studio.page.reload()
    studio.open_layer("Magadha").get_by_label("Label").fill("Vaishali")
    studio.wait_for_save()
    work = studio.api(f"hub/map/{name}")
    assert work["description"] == "Of the Ganges"
    assert "Vaishali" in work["alpha"]["content"]


def test_like_and_fork_are_kept_and_listed(open_studio: OPEN) -> None:
    studio = open_studio()
    studio.open()
    studio.sign_up(new_name("asha"))
    studio.open("silk_road")
    like = studio.button(re.compile("like"))
    before = studio.api("hub/map/silk_road")["votes"]
    like.click()
    expect(like).to_have_attribute("aria-pressed", "true")
    studio.page.reload()
    expect(like).to_have_attribute("aria-pressed", "true")
    assert studio.api("hub/map/silk_road")["votes"] == before + 1
    fork = new_name("fork")
    studio.fork(fork)
    studio.open("silk_road")
    studio.choose("More", "Origin and history")
    expect(studio.dialog.get_by_role("link", name=fork)).to_be_visible()


def test_stop_ends_a_render_within_a_second_and_says_so(studio: Studio) -> None:
    studio.render(f"# {new_name('sleep')}\nimport time\ntime.sleep(50)\n")
    studio.wait_for_state("Running")
    started = time.monotonic()
    studio.button("Stop").click()
    studio.wait_for_state("Stopped")
    assert time.monotonic() - started < 3  # a second, and what the browser's driver takes
    studio.render(f'# {new_name("after")}\nimport xatra\nxatra.Text("here", [20, 80])\n')
    studio.wait_for_state("Done")


def test_a_mistake_is_shown_at_its_line(studio: Studio) -> None:
    studio.render("import xatra\n\nking = 1 / 0\n")
    studio.wait_for_state("Failed")
    expect(studio.page.get_by_text("ZeroDivisionError").first).to_be_visible()
    expect(studio.page.get_by_role("button", name=re.compile("[Ll]ine 3")).first).to_be_visible()


def test_what_is_no_more_or_never_was_says_so(open_studio: OPEN) -> None:
    studio = open_studio()
    for path in ("nothing_here", "user/nobody-here", "lib/nothing_here", "no/such/page"):
        studio.open(path)
        expect(studio.page.get_by_role("heading", name=re.compile("^There is no such"))).to_be_visible()


def test_an_author_gives_a_map_up_and_importers_keep_working(open_studio: OPEN) -> None:
    author, name = with_a_map(open_studio)
    author.publish()
    author.choose("More", "Give it up")
    author.dialog.get_by_role("textbox").fill(name)
    author.dialog.get_by_role("button", name="Give it up").click()
    expect(author.dialog).to_be_hidden()
    assert author.api(f"hub/map/{name}")["author"] is None
    studio = open_studio()
    studio.open()
    studio.render(f'import xatra\n\nxatra.xatrahub("/map/{name}/1")\n')
    studio.wait_for_state("Done")


def test_a_new_password_signs_other_browsers_out(open_studio: OPEN) -> None:
    here, there = open_studio(), open_studio()
    username = new_name("asha")
    here.open()
    here.sign_up(username)
    there.open()
    there.sign_in(username)
    here.open("settings")
    here.page.get_by_label("Present password").fill(PASSWORD)
    here.page.get_by_label("New password").fill("eight lamps by the river")
    here.button("Change the password").click()
    expect(here.page.get_by_role("status").filter(has_text=re.compile("changed", re.IGNORECASE))).to_be_visible()
    there.open("settings")
    expect(there.page.get_by_role("banner").get_by_role("link", name="Sign in")).to_be_visible()
    there.sign_in(username, "eight lamps by the river")


def test_a_program_reads_an_attached_table(studio: Studio, tmp_path: Path) -> None:
    table = tmp_path / "kings.csv"
    table.write_text("name,year\nRudrama Devi,1262\n", encoding="utf-8")
    studio.button("Files").click()
    studio.page.locator("input[type=file]").set_input_files(table)
    expect(studio.dialog.get_by_text("kings.csv").first).to_be_visible()
    studio.page.keyboard.press("Escape")
    studio.render('import xatra\nxatra.TitleBox("kings")\nprint(open("kings.csv").read())\n')
    studio.wait_for_state("Done")
    studio.page.get_by_text("Printed by the program").click()
    expect(studio.page.get_by_text("Rudrama Devi,1262")).to_be_visible()


def test_two_tabs_that_edit_one_map_lose_nothing(open_studio: OPEN) -> None:
    studio, name = with_a_map(open_studio)
    other = Studio(studio.page.context.new_page(), studio.url)
    other.open(name)
    expect(other.editor.get_by_role("row", name="Kosala")).to_be_visible()
    studio.open_layer("Magadha").get_by_label("Label").fill("Vaishali")
    studio.wait_for_save()
    other.open_layer("Kosala").get_by_label("Label").fill("Ayodhya")
    expect(other.page.get_by_role("alert")).to_contain_text("changed in another tab")
    assert "Vaishali" in studio.api(f"hub/map/{name}")["alpha"]["content"]
    other.button("Keep what is here").click()
    other.wait_for_save()
    content = studio.api(f"hub/map/{name}")["alpha"]["content"]
    assert "Ayodhya" in content
    assert "Vaishali" not in content  # which the other tab still has


def test_what_is_edited_offline_is_saved_once_the_service_is_back(studio: Studio) -> None:
    fields = studio.open_layer("Magadha")
    studio.page.context.set_offline(True)
    fields.get_by_label("Label").fill("Vaishali")
    expect(
        studio.page.get_by_role("status").filter(has_text=re.compile("offline|this device", re.IGNORECASE))
    ).to_be_visible()
    studio.page.context.set_offline(False)
    studio.wait_for_save()
    assert "Vaishali" in json.dumps(studio.api("drafts/current"))


def test_an_administrator_features_a_map_and_hides_another(open_studio: OPEN, admin: str) -> None:
    python = "import xatra\n\nfor place in range(3):\n    xatra.Text(f'Place {place}', [20, 80 + place])\n"
    author, name = with_a_map(open_studio, program=python)
    author.publish()
    studio = open_studio()
    studio.open("login")
    studio.sign_in(admin)
    studio.open(name)
    studio.choose("More", "Feature")
    guest = open_studio()
    guest.open("explore")
    expect(guest.page.get_by_role("article").filter(has_text=name)).to_contain_text("featured")
    guest.open(name)
    expect(guest.page.frame_locator("iframe").get_by_text("Place 1").first).to_be_visible()
    studio.choose("More", "Hide")
    studio.dialog.get_by_role("textbox").first.fill("It breaks a promise")
    studio.dialog.get_by_role("button", name=re.compile("^Hide")).click()
    expect(studio.dialog).to_be_hidden()
    guest.page.reload()
    expect(guest.page.get_by_text("It breaks a promise")).to_be_visible()


def test_who_has_no_rendering_time_left_learns_when_a_map_comes(open_studio: OPEN, admin: str) -> None:
    author, name = with_a_map(open_studio)
    username = author.api("auth/me")["username"]
    studio = open_studio()
    studio.open("login")
    studio.sign_in(admin)
    studio.open("admin")
    studio.page.get_by_label("Find a user").fill(username)
    studio.button(f"Manage {username}").click()
    studio.dialog.get_by_label(re.compile("Seconds of rendering a month")).fill("0")
    studio.dialog.get_by_role("button", name="Save the budget").click()
    expect(studio.dialog.get_by_text("Saved")).to_be_visible()
    author.write(f"import xatra\n\nxatra.Text({new_name('unseen')!r}, [20, 80])\n")
    author.publish()
    author.open(f"{name}/v1")
    expect(author.page.get_by_text("This version is rendered after")).to_be_visible()
    author.page.get_by_role("link", name="see your settings").click()
    expect(author.page.get_by_text("0 of 0 seconds are spent")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_is_reached_by_keyboard_and_listed(open_studio: OPEN, scheme: str) -> None:
    studio = open_studio(color_scheme=scheme)
    studio.open()
    studio.wait_for_state("Done")
    studio.page.keyboard.press("?")
    expect(studio.dialog.get_by_role("heading", name=re.compile("[Kk]eyboard"))).to_be_visible()
    studio.page.keyboard.press("Escape")
    expect(studio.dialog).to_be_hidden()
    studio.page.keyboard.press("Alt+Shift+C")
    expect(studio.program).to_be_visible()
    studio.program.click()
    studio.page.keyboard.type("?")
    expect(studio.dialog).to_be_hidden()
