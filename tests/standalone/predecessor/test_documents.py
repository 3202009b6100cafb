"""What the predecessor kept of a map, library or theme, as Python source."""

import ast
import base64
import io
import json
import wave
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.standalone.predecessor.predecessor import INDIA, OPTIONS, map_json

from xatra_standalone.predecessor.documents import Source, read_library, read_map, read_theme
from xatra_standalone.predecessor.rules import Rule
from xatra_standalone.predecessor.scope import blocks, collection, in_main, names_of, supply


def _drawn(*elements: object, **options: object) -> Source:
    return read_map(map_json(elements=list(elements), options=options))


def _statement(element: dict[str, Any]) -> str:
    return _drawn(element).program.strip()


def _flag(*parts: dict[str, Any], names: tuple[str, ...] = ()) -> str:
    element = {"type": "flag", "label": "A", "value": list(parts), "args": {}}
    return read_map(map_json(elements=[element]), names).program.strip()


# --- code ---


def test_code_stays_as_it_was_written():
    code = "# My realm\nxatra.Flag('A',   value=gadm('IND'))  # as it is\n"

    assert read_map(map_json(map_code=code, elements=[INDIA])).program == code


def test_imports_come_before_the_code():
    source = read_map(map_json(imports_code='lands = xatrahub("/lib/lands")\n', map_code="xatra.Flag('A', lands.KURU)"))

    assert source.program == "lands = xatrahub(\"/lib/lands\")\n\nxatra.Flag('A', lands.KURU)\n"


def test_code_that_is_only_in_the_project_counts():
    content = json.dumps({"map_code": "", "project": {"code": "xatra.zoom(4)", "importsCode": "import math"}})

    assert read_map(content).program == "import math\n\nxatra.zoom(4)\n"


def test_territories_and_theme_are_apart_with_the_imports_that_they_use():
    source = read_map(
        map_json(
            imports_code='lands = xatrahub("/lib/lands")\nother = xatrahub("/lib/other")\n',
            predefined_code="HOME = lands.KURU\n",
            theme_code="xatra.CSS('.a {}')\n",
            map_code="xatra.Flag('A', HOME)\n",
        )
    )

    assert source.library == 'lands = xatrahub("/lib/lands")\n\nHOME = lands.KURU\n'
    assert source.theme == "xatra.CSS('.a {}')\n"


def test_runtime_code_runs_only_where_the_map_itself_is_shown():
    source = read_map(map_json(map_code="x = 1", runtime_code='xatra.TitleBox("""Two\nlines""")\n'))

    assert source.program == 'x = 1\n\nif __name__ == "__main__":\n    xatra.TitleBox("""Two\nlines""")\n'


def test_what_is_no_json_is_the_program():
    source = read_map("import xatra\r\nxatra.zoom(4)")

    assert source.program == "import xatra\nxatra.zoom(4)"
    assert source.notes == [(Rule.NOT_JSON, "")]


def test_picker_options_go_into_the_metadata():
    picker = {"entries": [{"country": "IND", "level": 2}], "adminRivers": True}

    assert read_map(map_json(picker_options=picker)).extras == {"picker_options": picker}


# --- elements ---


def test_layers_without_code_become_statements():
    source = _drawn(INDIA)

    assert source.program == 'xatra.Flag("India", gadm("IND"), note="Republic of India")\n'
    assert (Rule.FROM_ELEMENTS, "") in source.notes


@pytest.mark.parametrize(
    ("element", "statement"),
    [
        (
            {"type": "river", "label": "Ganga", "value": "1159122643", "args": {"source_type": "naturalearth"}},
            'xatra.River("Ganga", naturalearth("1159122643"))',
        ),
        (
            {"type": "river", "label": "G", "value": "42", "args": {"source_type": "overpass", "show_label": True}},
            'xatra.River("G", overpass("42"), show_label=True)',
        ),
        (
            {"type": "path", "label": "Road", "value": "[[28.6, 77.2], [25, 85.1]]", "args": {}},
            'xatra.Path("Road", [[28.6, 77.2], [25, 85.1]])',
        ),
        (
            {"type": "point", "label": "P", "value": "[25.6, 85.1]", "args": {"icon": "marker-icon-red.png"}},
            'xatra.Point("P", [25.6, 85.1], icon=Icon.builtin("marker-icon-red.png"))',
        ),
        (
            {"type": "point", "label": "P", "value": [1, 2], "args": {"icon": {"shape": "star", "color": "#f00"}}},
            'xatra.Point("P", [1, 2], icon=Icon.geometric("star", color="#f00"))',
        ),
        (
            {"type": "point", "label": "P", "value": [1, 2], "args": {"icon": {"iconUrl": "https://a/b.png"}}},
            'xatra.Point("P", [1, 2], icon=Icon("https://a/b.png"))',
        ),
        ({"type": "text", "label": "Words", "value": "[1, 2]", "args": {}}, 'xatra.Text("Words", [1, 2])'),
        ({"type": "admin", "value": "IND", "args": {"level": "2"}}, 'xatra.Admin("IND", level=2)'),
        (
            {"type": "admin_rivers", "value": '["naturalearth"]', "args": {}},
            'xatra.AdminRivers(sources=["naturalearth"])',
        ),
        (
            {"type": "dataframe", "value": "GID,n\nIND.1,5", "args": {"data_column": "n", "year_columns": []}},
            'xatra.Dataframe(pd.read_csv(StringIO("""GID,n\nIND.1,5""")), data_column="n")',
        ),
        (
            {"type": "titlebox", "value": "<b>A</b>", "args": {"period": [1, 2]}},
            'xatra.TitleBox("<b>A</b>", period=[1, 2])',
        ),
        ({"type": "python", "value": "for x in range(3):\n    print(x)"}, "for x in range(3):\n    print(x)"),
        (
            {"type": "text", "label": {"__xatra_python__": "names[0]"}, "value": {"__xatra_python__": "where", "b": 1}},
            "xatra.Text(names[0], where)",
        ),
        (
            {"type": "flag", "label": "A", "value": "IND", "args": {"parent": "x", "unknown": 1, "note": ""}},
            'xatra.Flag("A", gadm("IND"))',
        ),
        ({"type": "flag", "label": "A", "value": [], "args": {}}, 'xatra.Flag("A")'),
    ],
)
def test_each_layer_is_the_statement_that_draws_it(element: dict[str, Any], statement: str):
    assert _statement(element) == statement


def test_several_units_in_one_part_belong_together():
    code = _flag({"type": "gadm", "value": "IND"}, {"op": "difference", "type": "gadm", "value": ["IND.1", "IND.2"]})

    assert code == 'xatra.Flag("A", gadm("IND") - (gadm("IND.1") | gadm("IND.2")))'


def test_operations_apply_from_first_to_last():
    code = _flag(
        {"type": "gadm", "value": "IND"},
        {"op": "union", "type": "gadm", "value": "PAK"},
        {"op": "intersection", "type": "polygon", "value": "[[1, 2], [3, 4], [5, 6]]"},
        {"op": "difference", "type": "group", "value": [{"type": "gadm", "value": "IND.1"}]},
    )

    assert code == 'xatra.Flag("A", ((gadm("IND") | gadm("PAK")) & polygon([[1, 2], [3, 4], [5, 6]])) - gadm("IND.1"))'


def test_names_of_the_collection_of_imports_and_of_the_own_library_stay():
    code = _flag({"type": "predefined", "value": ["KURU", "HOME", "lands.X"]}, names=("HOME", "lands"))

    assert code == 'xatra.Flag("A", KURU | HOME | lands.X)'


def test_names_that_nothing_defines_are_left_out_as_before():
    element = {"type": "flag", "label": "A", "value": [{"type": "predefined", "value": "ATLANTIS"}, INDIA["value"][0]]}
    source = _drawn(element)

    assert source.program.strip() == 'xatra.Flag("A", gadm("IND"))'
    assert (Rule.UNKNOWN_TERRITORY, "ATLANTIS") in source.notes


def test_a_hundred_units_do_not_nest_a_hundred_deep():
    code = _flag({"type": "gadm", "value": [f"IND.{number}" for number in range(100)]})

    assert code.startswith('xatra.Flag(\n    "A",\n    Territory.union_territories(')
    assert not names_of(code).fault


@pytest.mark.parametrize(
    "element",
    [
        None,
        {"type": "hologram"},
        {"type": "point", "label": "P", "value": "somewhere"},
        {"type": "path", "label": "P", "value": "[[1, 2, 3]]"},
        {"type": "text", "label": {"__xatra_python__": "not valid("}, "value": [1, 2]},
        {"type": "music", "value": "data:audio/mpeg;base64,bm8gc291bmQ="},
    ],
)
def test_an_element_that_cannot_be_written_is_kept(element: object):
    source = _drawn(element, INDIA)

    assert source.extras["unwritable_elements"] == [element]
    assert source.program == _drawn(INDIA).program


def test_options_become_statements_above_the_layers():
    options = OPTIONS | {
        "css_rules": [{"selector": ".a", "style": "color: red"}],
        "slider": {"start": "-500", "end": 500, "speed": None},
        "zoom": "5",
        "focus": [20, "80.5"],
        "flag_color_sequences": [{"class_name": "x", "colors": "red,#00ff00,zzz", "step_h": 0.5}],
    }

    assert _drawn(INDIA, **options).program == (
        'xatra.BaseOption("Esri.WorldTopoMap", default=True)\n'
        'xatra.BaseOption("OpenStreetMap")\n'
        'xatra.CSS("""\n.a { color: red }\n""")\n'
        "xatra.slider(start=-500, end=500)\n"
        "xatra.zoom(5)\n"
        "xatra.focus(20, 80.5)\n"
        "xatra.FlagColorSequence(\n"
        "    LinearColorSequence(\n"
        '        colors=[Color.named("red"), Color.hex("#00ff00")], step=Color.hsl(0.5, 0, 0)\n'
        "    ),\n"
        '    class_name="x",\n'
        ")\n"
        'xatra.DataColormap(LinearSegmentedColormap.from_list("custom_cmap", ["yellow", "orange", "red"]))\n'
        "\n"
        'xatra.Flag("India", gadm("IND"), note="Republic of India")\n'
    )


def test_options_that_theme_or_code_set_are_not_set_again():
    with_theme = read_map(map_json(map_code="x = 1", theme_code="xatra.zoom(3)", options={"zoom": 5}))
    with_code = read_map(map_json(map_code="xatra.zoom(3)", options={"zoom": 5, "focus": [1, 2]}))

    assert with_theme.program == "x = 1\n"
    assert with_code.program == "xatra.focus(1, 2)\n\nxatra.zoom(3)\n"


# --- files ---


def _sound() -> bytes:
    with io.BytesIO() as file:
        with wave.open(file, "wb") as sound:
            sound.setnchannels(1)
            sound.setsampwidth(2)
            sound.setframerate(8000)
            sound.writeframes(b"\0\0" * 800)
        return file.getvalue()


def test_audio_in_an_element_becomes_a_file():
    url = f"data:audio/wav;base64,{base64.b64encode(_sound()).decode()}"
    source = _drawn({"type": "music", "value": url, "args": {"timestamps": [0, 5], "period": [-320, -180]}})

    (name,) = source.files
    assert source.program.strip() == f'xatra.Music("{name}", timestamps=[0, 5], period=[-320, -180])'
    assert source.files[name].content == _sound()


def test_audio_in_code_becomes_a_file():
    url = f"data:audio/wav;base64,{base64.b64encode(_sound()).decode()}"
    source = read_map(map_json(map_code=f'नाम = 1; xatra.Music(path="{url}", timestamps=[0, 5])  # sound\n'))

    (name,) = source.files
    assert source.program == f'नाम = 1; xatra.Music(path="{name}", timestamps=[0, 5])  # sound\n'


def test_a_long_table_becomes_a_file():
    table = "GID,n\n" + "".join(f"IND.{number},{number}\n" for number in range(2000))
    source = _drawn({"type": "dataframe", "value": table, "args": {}})

    (name,) = source.files
    assert source.program.strip() == f'xatra.Dataframe(pd.read_csv("{name}"))'


# --- libraries and themes ---


def test_a_library_is_its_code():
    assert (
        read_library(json.dumps({"predefined_code": "A = gadm('IND')\n", "map_name": "x"})).program
        == "A = gadm('IND')\n"
    )


def test_a_library_that_is_kept_as_territories_alone_is_written():
    territories = [
        {
            "name": "A",
            "parts": [{"type": "gadm", "value": "IND"}, {"op": "difference", "type": "predefined", "value": "B"}],
        },
        {"name": "B", "parts": [{"type": "gadm", "value": "IND.1"}]},
        {"name": "not a name", "parts": []},
    ]

    assert read_library(json.dumps({"territories": territories})).program == 'A = gadm("IND") - B\nB = gadm("IND.1")\n'


def test_a_library_has_the_imports_of_the_map_of_its_name_that_it_uses():
    content = json.dumps({"predefined_code": "A = iran.X | gadm('IND')\n"})
    equal_named = map_json(imports_code='iran = xatrahub("/lib/iran")\nsb = xatrahub("/lib/sb")\n')

    assert read_library(content, equal_named).program == "iran = xatrahub(\"/lib/iran\")\n\nA = iran.X | gadm('IND')\n"


def test_a_theme_is_its_code_or_its_options():
    assert read_theme(json.dumps({"theme_code": "xatra.zoom(3)\n"})).program == "xatra.zoom(3)\n"
    options = {"basemaps": ["OpenStreetMap"], "css_rules": []}
    assert read_theme(json.dumps({"theme_options": options})).program == 'xatra.BaseOption("OpenStreetMap")\n'


# --- names ---


def test_what_the_predecessor_had_ready_is_imported():
    program = (
        "xatra.Flag('A', gadm('IND') | KURU, color=Color.hex('#f00'))\nmap.zoom(3)\nplt.cm.viridis\nlist(map(str, []))"
    )

    supplied = supply(names_of(program).used)

    assert supplied.statements.splitlines() == [
        "import matplotlib.pyplot as plt",
        "import xatra",
        "from xatra import gadm",
        "from xatra.colorseq import Color",
        "from xatra.territory_library import KURU",
        "map = xatra.get_current_map()",
    ]
    assert supplied.unknown == []


def test_what_a_program_defines_itself_is_not_imported():
    program = (
        "import xatra as xatra\nfrom xatra import gadm\nKURU = gadm('IND')\ndef f(plt): return [Icon for Icon in plt]"
    )

    assert names_of(program).used == frozenset()


def test_what_nobody_defines_is_told():
    assert supply(names_of("xatra.Flag('A', ATLANTIS)").used).unknown == ["ATLANTIS"]


def test_the_collection_is_that_of_the_library():
    assert {"KURU", "MAGADHA", "GANDHARA"} <= collection()


# --- whatever there is ---

_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)
_parts = st.recursive(
    st.fixed_dictionaries(
        {
            "type": st.sampled_from(["gadm", "predefined", "polygon", "naturalearth"]),
            "value": st.sampled_from(["IND", ["IND", "PAK"], "KURU", "[[1, 2], [3, 4], [5, 6]]", "", None, 5]) | _json,
            "op": st.sampled_from(["union", "difference", "intersection", "other"]),
        }
    ),
    lambda inner: st.fixed_dictionaries({"type": st.just("group"), "value": st.lists(inner, max_size=3)}),
    max_leaves=6,
)
_kinds = ["flag", "river", "path", "point", "text", "admin", "admin_rivers", "dataframe", "titlebox", "music", "python"]
_elements = st.fixed_dictionaries(
    {
        "type": st.sampled_from(_kinds),
        "label": st.text(max_size=20) | _json,
        "value": st.lists(_parts, max_size=3) | st.just("[1, 2]") | st.text(max_size=20) | _json,
        "args": st.dictionaries(st.sampled_from(["note", "period", "icon", "level", "color", "x"]), _json, max_size=3),
    }
)


@given(st.lists(_elements.filter(lambda element: element["type"] != "python"), max_size=4))
def test_whatever_was_drawn_becomes_valid_python(elements: list[dict[str, Any]]):
    ast.parse(_drawn(*elements).program)


@given(
    st.fixed_dictionaries(
        {},
        optional=dict.fromkeys(
            ("map_code", "project", "imports_code", "picker_options", "runtime_options", "theme_code"), _json
        ),
    )
)
def test_whatever_was_kept_can_be_read(document: dict[str, Any]):
    content = json.dumps(document)

    for read in (read_map, read_library, read_theme):
        read(content).program.encode()


@given(st.text())
def test_whatever_is_no_json_can_be_read(content: str):
    for read in (read_map, read_library, read_theme):
        read(content).program.encode()


_strings = st.text(alphabet="ab\n \"'\\#", max_size=20).map(repr) | st.sampled_from(
    ['"""a\n  b"""', "'''\n'''", 'f"""{1}\n {2}\n"""', '"a\\\nb"', '("x"\n"y")']
)


@given(st.lists(_strings, min_size=1, max_size=4))
def test_indenting_changes_no_text(values: list[str]):
    program = "".join(f"v{number} = {value}\n" for number, value in enumerate(values))
    plain: dict[str, Any] = {}
    shown: dict[str, Any] = {"__name__": "__main__"}

    exec(program, plain)
    exec(in_main(program), shown)

    names = [f"v{number}" for number in range(len(values))]
    assert [shown[name] for name in names] == [plain[name] for name in names]


@given(st.lists(st.text(alphabet="a\n ", max_size=5), max_size=4))
def test_pieces_are_apart_and_ended(pieces: list[str]):
    joined = blocks(*pieces)

    assert joined == "" or joined.endswith("\n")
    assert joined.replace("\n", "").replace(" ", "") == "".join(pieces).replace("\n", "").replace(" ", "")
