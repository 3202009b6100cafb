"""What the builder shows of a program, and how a changed document is written."""

from collections import Counter
from textwrap import dedent

import pytest

from xatra_api.document.reading import read
from xatra_api.document.schemas import Document, Element, PythonImport, PythonLayer
from xatra_api.document.writing import write
from xatra_api.imports.syntax import Fault

HEAD = "import xatra\nfrom xatra import gadm\n"


def document_of(program: str) -> Document:
    document = read(program)
    assert not isinstance(document, Fault)
    return document


def types_of(program: str) -> list[str]:
    """Return what a program's statements become, without imports."""
    elements = document_of(program).elements
    return [element.type for element in elements if not isinstance(element, PythonImport)]


def shown(statement: str) -> Element:
    """Return the element that one statement becomes, after the usual imports."""
    return document_of(HEAD + "import pandas as pd\n" + statement).elements[-1]


def changed(document: Document, index: int, **fields: object) -> Document:
    """Return a document with fields of one element changed, as a builder does: through JSON."""
    json = document.model_dump(mode="json")
    json["elements"][index] |= fields
    return Document.model_validate(json)


def test_a_program_of_the_builder_reads_as_a_person_would_have_written_it() -> None:
    document = Document.model_validate(
        {
            "version": 1,
            "elements": [
                {
                    "type": "flag_color_sequence",
                    "value": {"type": "rotating", "colors": [{"type": "hex", "value": "#9c7a4d"}]},
                    "args": {"class_name": "realm"},
                },
                {"type": "hub_import", "name": "indic", "value": "/lib/indic/3"},
                {
                    "type": "territory",
                    "name": "core",
                    "value": [
                        {"type": "gadm", "value": "IND"},
                        {
                            "type": "group",
                            "op": "difference",
                            "value": [
                                {"type": "gadm", "value": "IND.1"},
                                {"type": "polygon", "value": [[1, 2], [3.5, 4], [5, 6]]},
                            ],
                        },
                        {"type": "imported", "library": "indic", "value": "GANDHARA"},
                        {"type": "predefined", "op": "intersection", "value": "MAGADHA"},
                    ],
                },
                {
                    "type": "flag",
                    "label": "Maurya",
                    "value": [{"type": "territory", "value": "core"}],
                    "args": {"period": [-320, -185], "note": 'called "the great"', "classes": "realm"},
                },
                {"type": "flag", "label": "Nobody"},
                {"type": "river", "label": "Ganga", "value": {"type": "overpass", "value": "1236345"}},
                {
                    "type": "point",
                    "label": "Pataliputra",
                    "value": [25.61, 85.14],
                    "args": {"icon": {"type": "bootstrap", "value": "bank", "icon_size": [16, 16]}, "show_label": True},
                },
                {"type": "text", "label": "Great Forest", "value": [21.4, 82.6]},
                {
                    "type": "dataframe",
                    "value": {"type": "csv", "value": "GID,people\nIND.1,5\n"},
                    "args": {"data_column": "people"},
                },
                {"type": "titlebox", "value": "<h2>The Mauryas</h2>"},
                {"type": "basemap", "value": "Xatra.Atlas", "args": {"default": True}},
                {"type": "css", "value": "\n    .flag { opacity: 0.5; }\n"},
                {"type": "slider", "args": {"start": -320, "end": -180}},
                {"type": "focus", "args": {"latitude": 22, "longitude": 79}},
                {"type": "zoom", "value": 5},
            ],
        }
    )

    assert write(document).program == dedent(
        '''\
        from io import StringIO
        import pandas as pd
        import xatra
        from xatra import Icon, gadm, overpass, polygon, xatrahub
        from xatra import territory_library as lands
        from xatra.colorseq import Color, RotatingColorSequence

        xatra.FlagColorSequence(RotatingColorSequence([Color.hex("#9c7a4d")]), class_name="realm")

        indic = xatrahub("/lib/indic/3")

        core = (
            ((gadm("IND") - (gadm("IND.1") | polygon([[1, 2], [3.5, 4], [5, 6]]))) | indic.GANDHARA)
            & lands.MAGADHA
        )

        xatra.Flag("Maurya", core, period=[-320, -185], note='called "the great"', classes="realm")
        xatra.Flag("Nobody")

        xatra.River("Ganga", overpass("1236345"))

        xatra.Point(
            "Pataliputra", [25.61, 85.14], icon=Icon.bootstrap("bank", icon_size=(16, 16)), show_label=True
        )
        xatra.Text("Great Forest", [21.4, 82.6])

        xatra.Dataframe(pd.read_csv(StringIO("""GID,people
        IND.1,5
        """)), data_column="people")

        xatra.TitleBox("<h2>The Mauryas</h2>")

        xatra.BaseOption("Xatra.Atlas", default=True)
        xatra.CSS("""
            .flag { opacity: 0.5; }
        """)
        xatra.slider(-320, -180)
        xatra.focus(22, 79)
        xatra.zoom(5)

        xatra.show()
        '''
    )


def test_a_changed_layer_is_written_anew_below_its_comment_and_the_others_stay() -> None:
    program = HEAD + '\n# The plain\nxatra.Flag( "A", gadm("IND.5") )\nxatra.Flag( "B", gadm("IND.6") )  # B\n\n# end\n'
    document = changed(document_of(program), 2, label="C")

    assert write(document).program == program.replace(
        'xatra.Flag( "A", gadm("IND.5") )', 'xatra.Flag("C", gadm("IND.5"))'
    )


def test_a_layer_that_is_changed_back_is_written_as_it_was() -> None:
    program = HEAD + 'xatra.Flag( "A", gadm("IND.5") )\n'
    document = changed(changed(document_of(program), 2, label="B"), 2, label="A")

    assert write(document).program == program


def test_whole_numbers_that_javascript_has_shortened_are_no_change() -> None:
    program = HEAD + 'xatra.Text("a", [28.0, 77.50])\n'
    json = document_of(program).model_dump_json()
    assert "28," in json

    assert write(Document.model_validate_json(json)).program == program


def test_a_layer_that_needs_an_import_gets_it_with_those_that_there_are() -> None:
    document = document_of(
        '"""A map"""\n\nimport xatra\nfrom xatra import gadm  # units\n\nxatra.Flag("A", gadm("I"))\n'
    )
    drawn = {"type": "polygon", "op": "union", "value": [[1, 2], [3, 4], [5, 6]]}
    program = write(changed(document, 3, value=[{"type": "gadm", "value": "I"}, drawn])).program

    assert program.startswith('"""A map"""\n\nimport xatra\nfrom xatra import gadm, polygon\n\nxatra.Flag(')


def test_a_layer_whose_import_is_gone_gets_another() -> None:
    document = document_of('import xatra\nfrom xatra.loaders import gadm as unit\nxatra.Flag("A",  unit("I"))\n')
    kept = document.model_copy(update={"elements": [document.elements[0], document.elements[2]]})

    assert write(kept).program == 'import xatra\nfrom xatra import gadm\nxatra.Flag("A", gadm("I"))\n'


def test_elements_are_written_in_their_order() -> None:
    document = document_of(HEAD + "xatra.zoom( 3 )\nxatra.focus( 1, 2 )\n")
    turned = document.model_copy(update={"elements": [*document.elements[:2], *reversed(document.elements[2:])]})

    assert write(turned).program == HEAD + "xatra.focus( 1, 2 )\nxatra.zoom( 3 )\n"


def test_many_units_are_united_by_a_function() -> None:
    units = [{"type": "gadm", "value": f"IND.{number}"} for number in range(300)]
    document = Document.model_validate({"version": 1, "elements": [{"type": "flag", "label": "a", "value": units}]})
    written = write(document)

    assert "Territory.union_territories(" in written.program
    assert document_of(written.program) == written.document


@pytest.mark.parametrize(
    ("statement", "type_"),
    [
        ('xatra.Flag(label="a", value=gadm(key="I"))', "flag"),
        ("xatra.Flag('a', None, [1, 2], 'note')", "flag"),
        (
            'xatra.Flag("a", xatra.loaders.gadm("I") | xatra.polygon([(1, 2), (3, 4), (5, 6)], [[[1, 2], [3, 4], [5, 6]]]))',
            "flag",
        ),
        ('xatra.River("a", xatra.overpass("5", "way"), "note", show_label=True)', "river"),
        ('xatra.Dataframe(pd.read_csv("a.csv"), year_columns=["1950", "1951"])', "dataframe"),
        ("xatra.Music('a.mp3', timestamps=[1, 2.5], period=(1, 2))", "music"),
        ("xatra.slider(end=5)", "slider"),
        ('xatra.DataColormap("magma", 0, 5)', "data_colormap"),
        ('xatra.xatrahub("/map/mauryas/2", filter_not=["CSS"])', "hub_import"),
        ('x = gadm("I") - gadm("I.1")', "territory"),
        ("x = xatra.Icon('https://example.org/a.png', icon_size=(1, 2))", "icon"),
    ],
)
def test_these_statements_are_shown(statement: str, type_: str) -> None:
    assert shown(statement).type == type_


@pytest.mark.parametrize(
    "statement",
    [
        'xatra.Flag("a", gadm("I") - clipped("I.1"))',  # not a difference with nothing
        'xatra.Flag(f"{1}", gadm("I"))',
        'xatra.Flag(*("a",))',
        'xatra.Flag("a", **{})',
        'xatra.Flag("a", gadm("I"), tooltip="b")',
        'xatra.Flag("a", gadm("I"), label="b")',
        'xatra.Flag("a", gadm("I"), period=[1, 2, 3])',
        'xatra.Flag("a", gadm("I"), type="colony")',
        'xatra.Flag("a", gadm("I") ^ gadm("J"))',
        'xatra.Flag("a", gadm("I")) or 5',
        'x = xatra.Flag("a", gadm("I"))',
        'xatra.Text("\\ud800", [1, 2])',
        'xatra.Text("a", [1e999, 2])',
        'xatra.Text("a", [10 ** 3, 2])',
        'xatra.Text("a", [99999999999999999999, 2])',
        "xatra.zoom(True)",
        "xatra.zoom(19)",
        "xatra.zoom(1); xatra.zoom(2)",
        'xatra.Music("/etc/passwd")',
        'xatra.River("a", {"type": "LineString", "coordinates": []})',
        'xatra.Dataframe(pd.read_csv("a.csv", sep=";"))',
        'xatra.xatrahub("/lib/" + "a")',
        'gadm = xatra.gadm("I")',
        "pd = xatra.gadm('I')",
        'x, y = gadm("I"), gadm("J")',
        "if True:\n    xatra.zoom(1)",
        "from os import *",
        "xatra.show('a')",
        "xatra.new_map()",
    ],
)
def test_these_statements_stay_python(statement: str) -> None:
    last = shown(statement)

    assert isinstance(last, PythonLayer)
    assert last.value == statement


def test_what_depends_on_a_name_that_cannot_be_traced_stays_python() -> None:
    program = (
        HEAD
        + 'x = gadm("I")\nxatra.Flag("a", x)\nx = f(x)\nxatra.Flag("b", x)\ny = x | x\nxatra.Flag("c", y)\nxatra.zoom(3)\n'
    )

    assert types_of(program) == ["territory", "flag", "python", "zoom"]


def test_a_name_that_is_given_a_territory_again_is_shown_again() -> None:
    assert types_of(HEAD + 'x = f()\nxatra.Flag("a", x)\nx = gadm("I")\nxatra.Flag("b", x)\n') == [
        *("python", "territory", "flag"),
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "from tools import *",
        "exec(code)",
        "globals().update(names)",
        "setattr(xatra, 'gadm', f)",
        "xatra.gadm = f",
        "import importlib",
        "for xatra in (1, 2):\n    pass",
        "def f():\n    global xatra\n    xatra = None",
    ],
)
def test_after_what_may_change_every_name_all_stays_python(statement: str) -> None:
    assert types_of(f'{HEAD}xatra.zoom(3)\n{statement}\nxatra.zoom(3)\nxatra.Flag("a", gadm("I"))\n') == [
        "zoom",
        "python",
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "for gadm in (1, 2):\n    pass",
        "def gadm(key): ...",
        "class gadm: ...",
        "import gadm",
        "with f() as gadm:\n    pass",
        "print(gadm := 3)",
        "del gadm",
        "try:\n    pass\nexcept ValueError as gadm:\n    pass",
        "match f():\n    case {'a': 1, **gadm}:\n        pass",
        "gadm.cache = None",
    ],
)
def test_a_statement_that_binds_a_name_makes_it_unknown(statement: str) -> None:
    last = document_of(f'{HEAD}{statement}\nxatra.Flag("a", gadm("I"))\nxatra.zoom(3)\n').elements

    assert [element.type for element in last[-2:]] == ["python", "zoom"]


def test_the_territory_library_may_be_imported_as_a_whole() -> None:
    program = 'import xatra\nfrom xatra.territory_library import *\nxatra.Flag("a", MAGADHA - gadm("I"))\nMAGADHA = 3\nxatra.Flag("a", MAGADHA)\n'

    assert types_of(program) == ["flag", "python"]


def test_comments_between_layers_belong_to_the_layer_below() -> None:
    document = document_of(HEAD + "\n# Here\nxatra.zoom(3)\n# There\nx = 5\n# after\n")

    assert document.elements[2].source.lead == "\n# Here\n"
    assert document.elements[3] == PythonLayer(type="python", value="# There\nx = 5\n")
    assert document.ending == "# after\n"


@pytest.mark.parametrize(
    "program", ["", "# only\n", "\n\n", "x = 1", "\ufeffx = 1\n", "x = 1\f\n", "\fx = 1\n", "x = 1\r\r\ny = 2"]
)
def test_odd_programs_lose_nothing(program: str) -> None:
    document = read(program)

    assert isinstance(document, Fault) or write(document).program == program


def test_the_usual_ending_is_not_spelled_out() -> None:
    assert document_of("import xatra as x\n\nx.show()\n").ending is None
    assert document_of("import xatra\nxatra.show()\n").ending == "xatra.show()\n"
    assert document_of("import xatra\n").ending == ""


def test_neighbouring_python_becomes_one_layer() -> None:
    layers = [{"type": "python", "value": text} for text in ("a = 1", "", "b = 2")]
    written = write(Document.model_validate({"version": 1, "elements": layers, "ending": ""}))

    assert written.program == "a = 1\nb = 2"
    assert Counter(element.type for element in written.document.elements) == {"python": 1}


def test_groups_that_mean_nothing_are_dissolved() -> None:
    unit = {"type": "gadm", "value": "I"}
    first = {"type": "group", "value": [unit, {**unit, "op": "difference"}]}
    single = {"type": "group", "op": "intersection", "value": [{"type": "group", "value": [unit]}]}
    document = Document.model_validate(
        {"version": 1, "elements": [{"type": "territory", "name": "x", "value": [first, single]}]}
    )

    assert [part.op for part in document.elements[0].value] == ["union", "difference", "intersection"]
