"""Documents over HTTP: to a program, from a program, and the form that they have."""

import base64
import io
import json
import wave
from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from tests.api.conftest import API

type Json = dict[str, Any]
type Ask[Given] = Callable[[Given], httpx2.Response]

PROGRAM = 'import xatra\n\n# The capital\nxatra.Text("Delhi",  [28.61, 77.21])  # now\n\nxatra.show()\n'
MAP: Json = {"version": 1, "elements": [{"type": "text", "label": "Delhi", "value": [28.61, 77.21]}]}


def a_sound() -> str:
    """Return audio as a data URL."""
    content = io.BytesIO()
    with wave.open(content, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(8000)
        sound.writeframes(bytes(100))
    return f"data:audio/wav;base64,{base64.b64encode(content.getvalue()).decode()}"


def slug(answer: httpx2.Response) -> str:
    return str(answer.json()["type"]).removeprefix("urn:xatra:problem:")


def test_a_document_becomes_a_readable_program(to_program: Ask[Json]) -> None:
    answer = to_program(MAP)

    assert answer.status_code == 200
    assert answer.json()["program"] == 'import xatra\n\nxatra.Text("Delhi", [28.61, 77.21])\n\nxatra.show()\n'


def test_a_program_becomes_a_document_and_that_the_same_program(to_program: Ask[Json], to_document: Ask[str]) -> None:
    document = to_document(PROGRAM).json()["document"]
    answer = to_program(document).json()

    assert answer["program"] == PROGRAM
    assert answer["document"] == document
    assert answer["files"] == {}


def test_the_document_that_comes_with_a_program_is_the_one_that_reading_it_gives(
    to_program: Ask[Json], to_document: Ask[str]
) -> None:
    written = to_program(MAP).json()

    assert to_document(written["program"]).json()["document"] == written["document"]


def test_names_of_the_maps_own_library_are_territories_where_they_are_said(api: httpx2.Client) -> None:
    program = 'import xatra\n\nxatra.Flag("Maurya",  CORE - EDGE)  # its heart\n\nxatra.show()\n'
    asked = {"program": program, "library_names": ["CORE", "EDGE"]}
    document = api.post(f"{API}/document/parse", json=asked).json()["document"]

    assert document["elements"][1]["value"] == [
        {"type": "territory", "value": "CORE"},
        {"op": "difference", "type": "territory", "value": "EDGE"},
    ]
    written = api.post(f"{API}/document/program", json={"document": document, "library_names": ["CORE", "EDGE"]})
    assert written.json()["program"] == program


def test_names_that_nobody_defines_stay_python(to_document: Ask[str]) -> None:
    document = to_document('import xatra\n\nxatra.Flag("Maurya", CORE)\n\nxatra.show()\n').json()["document"]

    assert [element["type"] for element in document["elements"]] == ["import", "python"]


def test_names_of_a_library_that_are_no_text_are_refused(api: httpx2.Client) -> None:
    body = b'{"program": "", "library_names": ["\\ud800"]}'
    answer = api.post(f"{API}/document/parse", content=body, headers={"Content-Type": "application/json"})

    assert answer.status_code == 422


def test_a_long_document_is_written_as_a_short_one_is(to_program: Ask[Json]) -> None:
    texts = [{"type": "text", "label": f"Place {number}", "value": [1, 2]} for number in range(1000)]
    answer = to_program({"version": 1, "elements": texts})

    assert answer.json()["program"].count("xatra.Text(") == 1000
    assert len(answer.json()["document"]["elements"]) == 1001


@pytest.mark.parametrize("padding", [0, 20_000])
def test_audio_in_a_document_becomes_a_file_of_the_caller(
    api: httpx2.Client, to_program: Ask[Json], padding: int
) -> None:
    layers = [{"type": "music", "value": a_sound()}, {"type": "css", "value": " " * padding}]
    answer = to_program({"version": 1, "elements": layers})

    [(name, sha256)] = answer.json()["files"].items()
    assert name.endswith(".wav")
    assert f'xatra.Music("{name}")' in answer.json()["program"]
    assert [file["sha256"] for file in api.get(f"{API}/files").json()["files"]] == [sha256]


def test_a_long_table_in_a_document_becomes_a_file_of_the_caller(to_program: Ask[Json]) -> None:
    table = "GID,people\n" + "IND.1,5\n" * 5_000
    answer = to_program({"version": 1, "elements": [{"type": "dataframe", "value": {"type": "csv", "value": table}}]})

    [(name, _)] = answer.json()["files"].items()
    assert f'xatra.Dataframe(pd.read_csv("{name}"))' in answer.json()["program"]


@pytest.mark.parametrize("url", ["data:audio/wav;base64,AAAA", "data:audio/wav;base64,=?"])
def test_audio_that_is_none_is_refused(to_program: Ask[Json], url: str) -> None:
    answer = to_program({"version": 1, "elements": [{"type": "music", "value": url}]})

    assert (answer.status_code, slug(answer)) == (422, "document-invalid")


def test_what_is_wrong_with_a_document_is_named(to_program: Ask[Json]) -> None:
    answer = to_program({"version": 1, "elements": [{"type": "zoom", "value": 19}]})

    assert (answer.status_code, slug(answer)) == (422, "document-invalid")
    assert answer.json()["errors"][0]["field"] == "document.elements.0.zoom.value"


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"version": 2},
        {"version": 1, "elements": [{"type": "castle"}]},
        {"version": 1, "elements": [{"type": "text", "label": "a", "value": [1, 2], "size": 3}]},
        {"version": 1, "elements": [{"type": "text", "label": 5, "value": [1, 2]}]},
        {"version": 1, "elements": [{"type": "text", "label": "a", "value": [1, True]}]},
        {"version": 1, "elements": [{"type": "territory", "name": "gadm", "value": [{"type": "gadm", "value": "I"}]}]},
        {"version": 1, "elements": [{"type": "territory", "name": "for", "value": [{"type": "gadm", "value": "I"}]}]},
        {"version": 1, "elements": [{"type": "territory", "name": "a b", "value": [{"type": "gadm", "value": "I"}]}]},
        {"version": 1, "elements": [{"type": "flag", "label": "", "value": []}]},
        {"version": 1, "elements": [{"type": "import", "module": "os", "names": [{"name": "*"}]}]},
        {"version": 1, "elements": [{"type": "import", "names": [{"name": "a; exec"}]}]},
        {"version": 1, "elements": [{"type": "music", "value": "/etc/passwd"}]},
    ],
)
def test_a_document_of_another_form_is_refused(to_program: Ask[Json], document: Json) -> None:
    answer = to_program(document)

    assert (answer.status_code, slug(answer)) == (422, "document-invalid")


def test_a_document_whose_import_takes_a_name_that_is_needed_is_refused(to_program: Ask[Json]) -> None:
    taken = {"type": "import", "module": "tools", "names": [{"name": "draw", "alias": "xatra"}]}
    answer = to_program({"version": 1, "elements": [{"type": "zoom", "value": 3}, taken, {"type": "zoom", "value": 4}]})

    assert (answer.status_code, slug(answer)) == (422, "document-invalid")
    assert "xatra" in answer.json()["detail"]


def test_a_document_of_more_than_ten_megabytes_is_refused(api: httpx2.Client) -> None:
    body = json.dumps({"document": {**MAP, "ending": " " * 10_000_000}})
    answer = api.post(f"{API}/document/program", content=body, headers={"Content-Type": "application/json"})

    assert answer.status_code == 413


@pytest.mark.parametrize(
    "elements",
    [
        [{"type": "path", "label": "a", "value": [[0, 0]] * 100_000}],
        [{"type": "path", "label": "a", "value": json.loads("[" * 120 + "]" * 120)}],
    ],
    ids=["values", "depth"],
)
def test_a_document_of_too_much_is_refused(to_program: Ask[Json], elements: list[Json]) -> None:
    answer = to_program({"version": 1, "elements": elements})

    assert (answer.status_code, slug(answer)) == (413, "document-too-large")


def test_groups_within_groups_within_groups_are_refused(to_program: Ask[Json]) -> None:
    unit = {"type": "gadm", "value": "I"}
    parts: list[Json] = [unit]
    for _ in range(32):
        parts = [unit, {"type": "group", "value": parts, "op": "difference"}]
    answer = to_program({"version": 1, "elements": [{"type": "flag", "label": "a", "value": parts}]})

    assert (answer.status_code, slug(answer)) == (422, "document-invalid")


def test_a_territory_that_is_nested_too_deeply_is_refused(to_program: Ask[Json]) -> None:
    by_turns = [{"type": "gadm", "value": "I", "op": op} for op in ("difference", "intersection")] * 400
    answer = to_program(
        {
            "version": 1,
            "elements": [{"type": "flag", "label": "a", "value": [{"type": "gadm", "value": "I"}, *by_turns]}],
        }
    )

    assert (answer.status_code, slug(answer)) == (413, "document-too-large")


def test_a_document_whose_program_is_too_long_is_refused(to_program: Ask[Json]) -> None:
    answer = to_program({"version": 1, "elements": [{"type": "css", "value": "a" * 200_000}]})

    assert (answer.status_code, slug(answer)) == (413, "program-too-large")


def test_a_program_that_is_none_is_refused_with_its_line(to_document: Ask[str]) -> None:
    answer = to_document("import xatra\nxatra.(\n")

    assert (answer.status_code, slug(answer)) == (422, "program-syntax")
    assert answer.json()["errors"] == [{"line": 2, "column": 7, "message": "invalid syntax"}]


def test_a_program_that_is_too_long_is_refused(to_document: Ask[str]) -> None:
    answer = to_document("#" * 200_001)

    assert (answer.status_code, slug(answer)) == (413, "program-too-large")


def test_the_schema_is_published(api: httpx2.Client) -> None:
    answer = api.get(f"{API}/document/schema.json")

    assert answer.headers["Content-Type"] == "application/schema+json"
    assert answer.json()["$id"] == "urn:xatra:document:1"
    assert set(answer.json()["properties"]) == {"version", "elements", "ending"}


def test_the_api_describes_documents(api: httpx2.Client) -> None:
    described = api.get(f"{API}/openapi.json").json()

    reference = {"$ref": "#/components/schemas/Document"}
    assert described["components"]["schemas"]["Document"]["properties"]["version"]["const"] == 1
    assert reference in described["components"]["schemas"]["RenderRequestBody"]["properties"]["document"]["anyOf"]
    operation = described["paths"][f"{API}/document/parse"]["post"]
    answer = operation["responses"]["200"]["content"]["application/json"]["schema"]
    assert answer["properties"]["document"] == reference


def test_a_territory_with_a_group_is_the_same_after_a_look_at_the_code(
    to_program: Ask[Json], to_document: Ask[str]
) -> None:
    group = [
        {"type": "gadm", "value": "IND.1"},
        {"type": "polygon", "value": [[20, 70], [25, 75.5], [20, 80]]},
    ]
    territory = [{"type": "gadm", "value": "IND"}, {"op": "difference", "type": "group", "value": group}]
    built: Json = {"version": 1, "elements": [{"type": "flag", "label": "Rest", "value": territory}]}
    program = to_program(built).json()["program"]
    assert 'gadm("IND") - (gadm("IND.1") | polygon([[20, 70], [25, 75.5], [20, 80]]))' in program

    elements = to_document(program).json()["document"]["elements"]
    assert [element["value"] for element in elements if element["type"] == "flag"] == [territory]


def test_all_layers_are_the_same_after_a_look_at_the_code(to_program: Ask[Json], to_document: Ask[str]) -> None:
    period = [-320, -180]
    unit = [{"type": "gadm", "value": "IND"}]
    layers: list[Json] = [
        {"type": "flag", "label": "Maurya", "value": unit, "args": {"period": period, "note": "n", "color": "#d0893a"}},
        {"type": "river", "label": "Ganga", "value": {"type": "naturalearth", "value": "1159122643"}},
        {"type": "point", "label": "Patna", "value": [25.6, 85.1], "args": {"period": period, "show_label": True}},
        {"type": "text", "label": "Deccan", "value": [17, 77], "args": {"period": period}},
        {"type": "path", "label": "Road", "value": [[25.6, 85.1], [28.6, 77.2]], "args": {"classes": "road"}},
        {"type": "admin", "value": "IND", "args": {"level": 1}},
        {"type": "admin_rivers", "args": {"sources": ["overpass"]}},
        {
            "type": "dataframe",
            "value": {"type": "csv", "value": "GID,1951,1961\nIND.1,5,6\n"},
            "args": {"year_columns": ["1951", "1961"]},
        },
        {"type": "titlebox", "value": "<h2>Maurya</h2>", "args": {"period": period}},
        {"type": "music", "value": "tanpura.wav", "args": {"timestamps": [1, 9.5], "period": period}},
        {"type": "python", "value": "for year in range(-320, -180, 20):\n    xatra.TitleBox(str(year))\n"},
        {"type": "css", "value": "@media print {\n  .flag { opacity: 1; }\n}\n"},
        {"type": "slider", "args": {"start": -500, "end": 500}},
    ]
    program = to_program({"version": 1, "elements": layers}).json()["program"]

    elements = to_document(program).json()["document"]["elements"]
    for element in elements:
        element.pop("source", None)
    assert [element for element in elements if element["type"] != "import"] == layers
