"""Maps that import works of the hub, from saving those to the geometry that is drawn, with a real worker."""

from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from tests.api.conftest import API
from tests.api.imports.works import drawn, edit, release, rendered, shapes
from tests.api.users import User

pytestmark = pytest.mark.usefixtures("shared_worker")

type ShapeOf = Callable[[str], Any]

SRI_LANKA = 'from xatra import gadm\nA = gadm("LKA")\n'
BHUTAN = 'from xatra import gadm\nA = gadm("BTN")\n'


def flag(label: str, territory: str, imports: str = "") -> str:
    return f'import xatra\nfrom xatra import gadm\n{imports}xatra.Flag("{label}", {territory})\n'


@pytest.fixture
def shape_of(api: httpx2.Client) -> ShapeOf:
    """Return what tells how a territory is drawn that is written out."""
    return lambda territory: shapes(drawn(api, flag("x", territory)))["x"]


def test_a_territory_of_a_library_is_drawn_and_another_version_changes_it(
    asha: User, api: httpx2.Client, shape_of: ShapeOf
) -> None:
    assert release(asha, "/lib/lanka", SRI_LANKA + 'B = A - gadm("LKA.1")\n') == 1
    assert release(asha, "/lib/lanka", SRI_LANKA + 'B = A - gadm("LKA.2")\n') == 2
    first, second = (shape_of(f'gadm("LKA") - gadm("LKA.{number}")') for number in (1, 2))
    assert first != second

    def drawn_by(path: str) -> object:
        return shapes(drawn(api, flag("B", "alias.B", f'alias = xatra.xatrahub("{path}")\n')))["B"]

    assert drawn_by("/lib/lanka/1") == first
    assert drawn_by("/lib/lanka/2") == drawn_by("/lib/lanka") == drawn_by("/asha/lib/lanka/2") == second
    edit(asha, "/lib/lanka", SRI_LANKA + 'B = gadm("LKA.2")\n')
    assert drawn_by("/lib/lanka") == second
    assert drawn_by("/lib/lanka/alpha") == shape_of('gadm("LKA.2")')


def test_two_imports_that_share_an_alias_draw_what_each_means(
    asha: User, ravi: User, api: httpx2.Client, shape_of: ShapeOf
) -> None:
    release(asha, "/lib/lanka", SRI_LANKA)
    release(ravi, "/lib/bhutan", BHUTAN)
    release(asha, "/map/south", flag("south", "core.A", 'core = xatra.xatrahub("/lib/lanka")\n'))
    release(ravi, "/map/north", flag("north", "core.A", 'core = xatra.xatrahub("/lib/bhutan")\n'))

    both = drawn(api, 'import xatra\nxatra.xatrahub("/map/south")\nxatra.xatrahub("/map/north")\n')

    assert shapes(both) == {"south": shape_of('gadm("LKA")'), "north": shape_of('gadm("BTN")')}


def test_a_map_that_imports_a_map_with_a_library_of_its_own_draws_the_right_geometry(
    asha: User, ravi: User, api: httpx2.Client, shape_of: ShapeOf
) -> None:
    edit(asha, "/lib/island", SRI_LANKA)
    edit(asha, "/css/island", 'import xatra\nxatra.CSS(".island { color: red }")\nLABEL = "island"\n')
    parts = {"library": "island", "theme": "island"}
    release(asha, "/map/island", "import xatra\nxatra.Flag(LABEL, A)\n", **parts)
    program = flag("mine", 'gadm("BTN")', 'A = gadm("NPL")\nxatra.xatrahub("/map/island/1")\n')

    payload = drawn(api, program)
    assert shapes(payload) == {"island": shape_of('gadm("LKA")'), "mine": shape_of('gadm("BTN")')}
    assert ".island" in payload["css"]

    edit(asha, "/lib/island", BHUTAN)  # what is published stays as it was
    assert shapes(drawn(api, program)) == shapes(payload)
    assert shapes(drawn(ravi.client, program.replace("/1", "/alpha")))["island"] == shape_of('gadm("BTN")')


def test_an_editor_draws_a_map_with_a_library_and_a_theme_that_nobody_has_saved(
    asha: User, api: httpx2.Client, shape_of: ShapeOf
) -> None:
    release(asha, "/lib/lanka", SRI_LANKA)
    library = 'import xatra\nbase = xatra.xatrahub("/lib/lanka")\nMINE = base.A\n'
    theme = 'xatra.CSS(".mine { color: red }")\n'

    payload = drawn(api, 'xatra.Flag("mine", MINE)\n', library=library, theme=theme)
    assert shapes(payload) == {"mine": shape_of('gadm("LKA")')}
    assert ".mine" in payload["css"]


def test_a_document_with_imports_is_drawn_as_its_program_is(asha: User, api: httpx2.Client, shape_of: ShapeOf) -> None:
    release(asha, "/lib/lanka", SRI_LANKA)
    release(asha, "/map/north", flag("north", 'gadm("BTN")'))
    program = """import xatra

lanka = xatra.xatrahub("/lib/lanka")
xatra.xatrahub("/map/north", filter_not=["slider"])

xatra.Flag("south", lanka.A)

xatra.show()
"""
    document = api.post(f"{API}/document/parse", json={"program": program}).json()["document"]
    assert [element["type"] for element in document["elements"]][:3] == ["import", "hub_import", "hub_import"]

    answer = api.post(f"{API}/renders", json={"document": document}, headers={"Prefer": "wait=30"})
    assert answer.json()["state"] == "succeeded", answer.text
    again = rendered(api, program)
    assert (again["cached"], again["artefact"]) == (True, answer.json()["artefact"])
    assert shapes(drawn(api, program)) == {"south": shape_of('gadm("LKA")'), "north": shape_of('gadm("BTN")')}


def test_a_render_is_known_as_long_as_its_imports_say_the_same(asha: User, api: httpx2.Client) -> None:
    release(asha, "/lib/lanka", SRI_LANKA)
    program = flag("A", "lanka.A", 'lanka = xatra.xatrahub("/lib/lanka")\n')

    assert [rendered(api, program)["cached"] for _ in range(2)] == [False, True]
    release(asha, "/lib/lanka", BHUTAN)
    assert not rendered(api, program)["cached"]


def test_files_that_an_imported_work_reads_come_with_it(asha: User, api: httpx2.Client) -> None:
    sha256 = asha.client.put(f"{API}/files", params={"name": "d.csv"}, content=b"GID,value\nLKA.1,5\n").json()["sha256"]
    other = asha.client.put(f"{API}/files", params={"name": "d.csv"}, content=b"GID,value\nLKA.2,6\n").json()["sha256"]
    source = 'import pandas\nimport xatra\nxatra.Dataframe(pandas.read_csv("d.csv"))\n'
    release(asha, "/map/data", source, files={"d.csv": sha256})
    program = 'import xatra\nxatra.xatrahub("/map/data")\nprint(open("d.csv").read())\n'

    assert "LKA.1,5" in rendered(api, program)["output"]
    assert "LKA.1,5" in rendered(api, program, files={"d.csv": sha256})["output"]
    answer = api.post(f"{API}/renders", json={"program": program, "files": {"d.csv": other}})
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:xatra:problem:import-files-conflict")
    assert "'d.csv'" in answer.json()["detail"]
    assert "/map/data/1" in answer.json()["detail"]


def test_an_error_in_an_import_says_where_it_is(asha: User, api: httpx2.Client) -> None:
    release(asha, "/lib/broken", "A = 1\nB = undefined\n")
    release(asha, "/map/broken", 'import xatra\nxatra.xatrahub("/lib/broken")\n')

    error = rendered(api, 'import xatra\n\nxatra.xatrahub("/map/broken")\n')["error"]
    assert (error["by"], error["type"], error["line"]) == ("author", "NameError", 3)
    assert "line 2 of /lib/broken/1, from line 2 of /map/broken/1, from line 3" in error["message"]


def test_a_territory_map_of_a_library_of_the_hub_is_drawn_and_known_by_what_it_says(
    asha: User, api: httpx2.Client, shape_of: ShapeOf
) -> None:
    release(asha, "/lib/lanka", SRI_LANKA + 'B = A - gadm("LKA.1")\n')

    def ask(library: str) -> dict[str, object]:
        body = {"library": library, "territories": ["B", "A"]}
        answer = api.post(f"{API}/geography/territory-maps", json=body, headers={"Prefer": "wait=30"})
        assert answer.json()["state"] == "succeeded", answer.text
        return dict(answer.json())

    first = ask("/lib/lanka")
    assert not first["cached"]
    assert ask("/lib/lanka")["cached"]
    assert ask("/lib/lanka/1")["cached"]


def test_a_published_map_gets_the_artefact_that_its_program_has(asha: User, api: httpx2.Client) -> None:
    release(asha, "/lib/lanka", SRI_LANKA)
    program = flag("A", "lanka.A", 'lanka = xatra.xatrahub("/lib/lanka")\n')
    release(asha, "/map/lanka", program)

    published = api.get(f"{API}/hub/map/lanka/versions/1").json()
    assert published["content"] == program.replace("/lib/lanka", "/lib/lanka/1")
    assert shapes(drawn(api, published["content"])) == shapes(drawn(api, program))
    assert api.get(f"{API}/hub/map/lanka/versions/1").json()["artefact"]["state"] == "ready"
