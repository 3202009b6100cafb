"""What a map program may do, what comes of it, and what its author is told."""

from pathlib import Path

import pytest
from tests.render_worker.renderer.rendering import Render

FLAG = 'import xatra\nfrom xatra import gadm\nxatra.Flag("Bhutan", gadm("BTN"))\n'


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "uploaded"
    path.write_text("GID,value\nBTN.1,1\nBTN.2,2\n")
    return path


# Which map it is


def test_the_map_shown_last_is_the_artefact(render: Render) -> None:
    shown = render(f'{FLAG}xatra.show()\nfirst = xatra.Map()\nfirst.Text("other", [1, 2])\nfirst.show()\n').payload
    assert [text["label"] for text in shown["texts"]] == ["other"]
    assert shown["flags"]["flags"] == []


def test_a_map_is_shown_as_it_was_when_it_was_shown(render: Render) -> None:
    shown = render(f'{FLAG}xatra.show()\nxatra.Flag("Nepal", gadm("NPL"))\n').payload
    assert [flag["label"] for flag in shown["flags"]["flags"]] == ["Bhutan"]


def test_a_map_is_exported_once_when_it_is_shown_once(render: Render) -> None:
    program = (
        f"{FLAG}from xatra_render_worker.renderer import program\n"
        "exports = []\nonce = program.render_page\n"
        "program.render_page = lambda shown: exports.append(shown) or once(shown)\n"
        "import atexit\nxatra.show()\nprint(len(exports))\n"
    )
    outcome = render(program)
    assert outcome.page
    assert outcome.printed == "1\n"


def test_the_current_map_is_the_artefact_of_a_program_that_shows_none(render: Render) -> None:
    assert [flag["label"] for flag in render(FLAG).payload["flags"]["flags"]] == ["Bhutan"]


def test_the_arguments_of_show_are_accepted_and_nothing_is_written(render: Render) -> None:
    outcome = render(f'{FLAG}xatra.show("a.json", out_html="/nowhere/b.html")\nimport os\nprint(os.listdir())\n')
    assert outcome.page
    assert outcome.printed == "[]\n"


def test_to_html_string_returns_the_page_that_becomes_the_artefact(render: Render) -> None:
    outcome = render(f"{FLAG}page = xatra.to_html_string()\nprint(len(page), page[:16].strip())\n")
    assert outcome.printed == f"{len(outcome.page)} <!DOCTYPE html>\n"


def test_a_program_without_a_map_is_told_so(render: Render) -> None:
    error = render("x = 1\n").error
    assert error["type"] == "NoMap"
    assert "showed no map" in error["message"]


def test_leaving_after_show_is_a_normal_end(render: Render) -> None:
    assert render(f'{FLAG}xatra.show()\nimport sys\nsys.exit("done")\n').page


def test_leaving_with_a_message_before_a_map_is_shown_is_an_error(render: Render) -> None:
    error = render(f'{FLAG}import sys\nsys.exit("no luck")\n').error
    assert (error["type"], error["line"]) == ("SystemExit", 5)
    assert "no luck" in error["message"]


def test_a_program_runs_as_the_main_module(render: Render) -> None:
    program = f'{FLAG}from dataclasses import dataclass\n@dataclass\nclass A:\n    x: "int"\nprint(__name__, __file__, A(1))\n'
    assert render(program).printed == "__main__ map.py A(x=1)\n"


# Errors


def test_a_traceback_has_the_frames_of_the_program_alone(render: Render) -> None:
    error = render('import xatra\ndef place():\n    xatra.Point("a", ["x", 2])\n\nplace()\n').error
    assert (error["type"], error["line"]) == ("ValueError", 3)
    assert error["traceback"].splitlines()[:7] == [
        "Traceback (most recent call last):",
        '  File "map.py", line 5, in <module>',
        "    place()",
        "    ~~~~~^^",
        '  File "map.py", line 3, in place',
        '    xatra.Point("a", ["x", 2])',
        "    ~~~~~~~~~~~^^^^^^^^^^^^^^^",
    ]
    assert error["traceback"].splitlines()[7:] == ["ValueError: could not convert string to float: 'x'"]


def test_chained_exceptions_are_kept(render: Render) -> None:
    error = render('try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    raise ValueError("second") from e\n').error
    assert error["line"] == 4
    assert "ZeroDivisionError: division by zero" in error["traceback"]
    assert "direct cause" in error["traceback"]


def test_an_exception_group_is_told_with_its_parts(render: Render) -> None:
    error = render('raise ExceptionGroup("two", [ValueError("one"), KeyError("other")])\n').error
    assert "ValueError: one" in error["traceback"]


def test_a_syntax_error_names_its_line(render: Render) -> None:
    error = render("x = 1\ny = (\n").error
    assert (error["type"], error["line"], error["message"]) == ("SyntaxError", 2, "'(' was never closed")
    assert "y = (" in error["traceback"]


@pytest.mark.parametrize(
    ("program", "kind", "words"),
    [
        ("def f():\n    f()\n\nf()\n", "RecursionError", "calls itself without end"),
        ("x = [0] * 10**13\n", "MemoryError", "more memory than one render may use"),
        ("raise KeyboardInterrupt\n", "KeyboardInterrupt", "interrupted itself"),
        ("input('name?')\n", "EOFError", "cannot ask for input()"),
        ("class E(Exception):\n    def __str__(self):\n        1 / 0\nraise E\n", "E", "E"),
        ("x = '\\0'\x00\n", "SyntaxError", "null bytes"),
        (f"x = {'(' * 300}{')' * 300}\n", "SyntaxError", "too many nested parentheses"),
    ],
)
def test_every_way_to_fail_is_told_to_the_author(program: str, kind: str, words: str, render: Render) -> None:
    error = render(program).error
    assert error["type"] == kind
    assert words in error["message"]


def test_a_long_message_loses_its_middle(render: Render) -> None:
    error = render('raise ValueError("a" * 10**6 + "z")\n').error
    assert len(error["message"]) < 5_000
    assert error["message"].endswith("z")
    assert len(error["traceback"]) < 25_000


def test_nothing_said_has_a_path_of_the_server_or_what_cannot_be_stored(render: Render, map_data: Path) -> None:
    program = (
        f"{FLAG}import os, sys, warnings, pandas\n"
        "here = [str(os.path.expanduser('~')), sys.prefix, sys.base_prefix, pandas.__file__, xatra.__file__]\n"
        "print(here, '\\0', '\\ud800')\n"
        "warnings.warn(str(here))\n"
        "raise ValueError(str(here) + '\\0\\ud800')\n"
    )
    outcome = render(program)
    for path in (str(map_data), "site-packages", "/lib/python"):
        assert path not in outcome.everything_said
    assert "\\u0000" not in outcome.everything_said
    assert "\\ud800" not in outcome.everything_said.replace("\\\\ud800", "")
    assert "<library>/xatra/__init__.py" in outcome.printed
    assert "<map data>" in outcome.printed


# Warnings and output


def test_what_a_program_prints_is_passed_on(render: Render) -> None:
    assert render(f'{FLAG}import sys\nprint("a", end="")\nprint("b", file=sys.stderr)\n').printed == "ab\n"


def test_a_warning_names_the_line_of_the_program(render: Render) -> None:
    warnings = render(f'{FLAG}xatra.Flag("Nobody")\nimport warnings\nwarnings.warn("careful")\n').warnings
    assert warnings[0].startswith("line 4: Flag 'Nobody' has no territory")
    assert warnings[1] == "line 6: careful"


def test_a_warning_is_given_once_and_at_most_a_hundred(render: Render) -> None:
    program = f'{FLAG}import warnings\nfor i in range(300):\n    warnings.warn(f"w{{i // 2}}")\n'
    warnings = render(program).warnings
    assert warnings[:2] == ["line 6: w0", "line 6: w1"]
    assert len(warnings) == 101
    assert warnings[100] == "… and 100 more warnings"


def test_what_the_library_prints_as_a_warning_is_one(render: Render) -> None:
    outcome = render(f'{FLAG}xatra.flagmap.print("Warning: something")\n')
    assert outcome.warnings == ["line 4: something"]
    assert outcome.printed == ""


@pytest.mark.parametrize(
    ("body", "warning"),
    [
        ('xatra.Flag("X", gadm("IND.99"))', 'gadm("IND.99") matches no unit: flag "X" is empty'),
        (
            'xatra.Flag("X", gadm("BTN") | gadm("IND.99"))',
            'gadm("IND.99") matches no unit: it is missing from flag "X"',
        ),
        (
            'xatra.Flag("X", gadm("BTN.1") & gadm("LKA"))',
            'flag "X" is empty: (gadm("BTN.1") & gadm("LKA")) covers nothing',
        ),
        ('xatra.Flag("X", "IND")', 'flag "X" is empty: str is not a Territory'),
        (
            'xatra.Flag("X", gadm("Z01.99", find_in_gadm=["IND"]))',
            'gadm("Z01.99", find_in_gadm=[\'IND\']) matches no unit: flag "X" is empty',
        ),
        ('xatra.Admin("IND.99", level=2)', 'Admin("IND.99", level=2) matches no unit: the layer is empty'),
        ('xatra.Data("IND.99", 3)', 'Data("IND.99") matches no unit: it is not shown'),
        (
            'import pandas\nxatra.Dataframe(pandas.DataFrame({"GID": ["IND.99"], "v": [1]}))',
            "Dataframe row 'IND.99' matches no unit: it is not shown",
        ),
        ('xatra.AdminRivers(sources=["naturalearth"])', "have no rivers from naturalearth"),
    ],
)
def test_what_matches_nothing_is_named(body: str, warning: str, render: Render) -> None:
    outcome = render(f"import xatra\nfrom xatra import gadm\n{body}\n")
    assert outcome.page
    assert any(warning in said for said in outcome.warnings)


# Map data that are not installed


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ('xatra.Flag("X", gadm("FRA"))', 'flag "X": gadm("FRA"): the map data installed here have no country FRA'),
        ('xatra.Flag("X", gadm("FRA"))', "make data COUNTRIES=FRA"),
        ('xatra.Flag("X", gadm("BTN.1.1.1"))', 'gadm("BTN.1.1.1"): the map data installed here have no level 3 of BTN'),
        ('xatra.Flag("X", gadm("Z03.28"))', "no disputed territory Z03"),
        ('xatra.Admin("FRA", level=1)', 'Admin("FRA", level=1): the map data installed here have no country FRA'),
        ('xatra.Admin("BTN", level=3)', "no level 3 of BTN, only levels 0 to 2"),
        ('xatra.Data("FRA", 1)', 'gadm("FRA"): the map data installed here have no country FRA'),
        ('xatra.simplify(0.01)\nxatra.Flag("X", gadm("BTN"))', "no geometry simplified to 0.01°"),
        ('xatra.overpass("42")', 'overpass("42"): the map data installed here have no river 42'),
        ('xatra.overpass("42", "way")', "Whoever runs this server can add it: xatra-web data add-river 42."),
        ('xatra.naturalearth("42")', 'naturalearth("42"): the map data installed here have no Natural Earth river'),
    ],
)
def test_what_is_not_installed_is_named_with_how_to_add_it(body: str, words: str, render: Render) -> None:
    error = render(f"import xatra\nfrom xatra import gadm\n{body}\nxatra.show()\n").error
    assert error["type"] == "MissingDataError"
    assert words in error["message"]


def test_rows_of_a_country_that_is_not_installed_are_left_out_with_a_warning(render: Render) -> None:
    program = 'import pandas, xatra\nxatra.Dataframe(pandas.DataFrame({"GID": ["FRA", "BTN"], "v": [1, 2]}))\n'
    outcome = render(program)
    assert len(outcome.payload["dataframes"]) == 1
    assert "no country FRA" in outcome.warnings[0]


def test_a_program_may_catch_what_is_missing_as_with_the_library(render: Render) -> None:
    program = f'{FLAG}try:\n    gadm("FRA").to_geometry()\nexcept FileNotFoundError:\n    print("caught")\n'
    assert render(program).printed == "caught\n"


def test_a_hub_import_that_was_not_resolved_is_an_error(render: Render) -> None:
    error = render('import xatra\nxatra.xatrahub("/lib/name")\n').error
    assert (error["type"], error["line"]) == ("HubImportError", 2)
    assert "resolved before a render begins" in error["message"]


# Files


@pytest.mark.parametrize(
    "reading",
    [
        'open("t.csv").read()',
        'open("./t.csv", "rb").read().decode()',
        'io.open("t.csv", encoding="utf-8", newline="").read()',
        'pathlib.Path("t.csv").read_text()',
        'pandas.read_csv("t.csv").to_csv(index=False)',
        '"".join(",".join(row) + "\\n" for row in csv.reader(open("t.csv", newline="")))',
    ],
)
def test_a_program_reads_an_uploaded_file_by_its_name(reading: str, render: Render, table: Path) -> None:
    program = f"{FLAG}import csv, io, pathlib, pandas\nprint({reading}, end='')\n"
    assert render(program, {"t.csv": table}).printed == table.read_text()


def test_a_file_opened_twice_has_two_positions(render: Render, table: Path) -> None:
    program = f'{FLAG}a, b = open("t.csv"), open("t.csv")\na.read()\nprint(b.readline(), end="")\n'
    assert render(program, {"t.csv": table}).printed == "GID,value\n"


def test_a_file_that_was_not_uploaded_is_an_error_that_lists_those_that_were(render: Render, table: Path) -> None:
    error = render(f'{FLAG}open("other.csv")\n', {"t.csv": table}).error
    assert (error["type"], error["line"]) == ("FileNotFoundError", 4)
    assert "There is no file 'other.csv': the uploaded files are t.csv. Upload it" in error["message"]


@pytest.mark.parametrize("mode", ["w", "a", "x", "r+", "wb"])
def test_a_program_cannot_write_files(mode: str, render: Render) -> None:
    error = render(f'{FLAG}open("out.txt", {mode!r})\n').error
    assert error["type"] == "PermissionError"
    assert "the map that you show() is the result" in error["message"]


@pytest.mark.parametrize(
    "writing",
    [
        'pandas.DataFrame({"a": [1]}).to_csv("a.csv")',
        'pandas.DataFrame({"a": [1]}).to_json("/tmp/a.json")',
        'pandas.DataFrame({"a": [1]}).to_pickle("a.pkl")',
        'matplotlib.pyplot.figure().savefig("a.png")',
        'numpy.save("a.npy", numpy.zeros(1))',
        'pathlib.Path("a.txt").write_text("a")',
        'pathlib.Path("a").mkdir()',
        'gzip.open("a.gz", "wt")',
        'zipfile.ZipFile("a.zip", "w")',
        'shutil.copy("/usr/share/zoneinfo/UTC", "a")',
        'os.open("a", os.O_CREAT | os.O_WRONLY)',
        "tempfile.TemporaryDirectory()",
        'xatra.render.export_html({}, "a.html")',
    ],
)
def test_every_way_to_write_a_file_says_what_to_do_instead(writing: str, render: Render) -> None:
    modules = "gzip, matplotlib.pyplot, numpy, os, pandas, pathlib, shutil, tempfile, xatra.render, zipfile"
    error = render(f"import {modules}\n{writing}\n").error
    assert error["type"] == "PermissionError"
    assert "the map that you show() is the result" in error["message"]


def test_what_is_drawn_or_written_in_memory_is_no_file(render: Render) -> None:
    program = (
        f"{FLAG}import io, matplotlib.pyplot, pandas\npicture = io.BytesIO()\n"
        "matplotlib.pyplot.figure().savefig(picture)\nprint(picture.getvalue()[1:4])\n"
        'print(pandas.DataFrame({"a": [1]}).to_csv())\n'
    )
    assert render(program).printed == "b'PNG'\n,a\n0,1\n\n"


def test_music_is_embedded(render: Render, table: Path) -> None:
    music = render(f'{FLAG}xatra.Music("song.ogg", timestamps=(1, 2))\n', {"song.ogg": table}).payload["musics"]
    assert music[0]["data_url"].startswith("data:audio/ogg;base64,R0lELHZhbHVl")
    assert music[0]["timestamps"] == [1, 2]


@pytest.mark.parametrize("path", ["/etc/passwd", "song.ogg", "../../etc/passwd", "/proc/self/fd/3"])
def test_music_embeds_uploaded_files_alone(path: str, render: Render, table: Path) -> None:
    error = render(f"{FLAG}xatra.Music({path!r})\n", {"t.csv": table}).error
    assert (error["type"], error["line"]) == ("FileNotFoundError", 4)
