"""What imports from the hub do in a render: scopes of their own, filters as in the library, errors that say where."""

from tests.render_worker.renderer.rendering import Outcome, Render

from xatra_shared.bundles import Bundle, BundledWork, Part

POINT = 'import xatra\nxatra.Point("{0}", [{1}, 2])\n'


def lib(source: str, path: str = "/lib/one/1") -> tuple[str, BundledWork]:
    return path, BundledWork(kind="lib", parts=[Part(name=path, source=source)])


def act(source: str, path: str = "/map/one/1", *before: str) -> tuple[str, BundledWork]:
    parts = [Part(name=f"/lib/part{number}/1", source=part) for number, part in enumerate(before)]
    return path, BundledWork(
        kind="css" if path.startswith("/css") else "map", parts=[*parts, Part(name=path, source=source)]
    )


def bundle(*works: tuple[str, BundledWork], **paths: str) -> Bundle:
    """Return a bundle in which every work has its canonical path, and others."""
    return Bundle(paths={path: path for path, _ in works} | paths, works=dict(works))


def labels(outcome: Outcome) -> list[str]:
    """Return the labels of a map's points."""
    return [point["label"] for point in outcome.payload["points"]]


# Territory libraries


def test_a_library_gives_its_public_names_as_the_library_does(render: Render) -> None:
    program = """
import xatra
one = xatra.xatrahub("/lib/one")
print(sorted(vars(one)), one.A, one.twice(one.A), type(one).__name__)
xatra.Point("p", [1, 2])
"""
    source = "import math\nA = 2\n_hidden = 3\ndef twice(x):\n    return x * _hidden * A\n"
    outcome = render(program, bundle=bundle(lib(source), **{"/lib/one": "/lib/one/1"}))
    assert outcome.printed == "['A', 'math', 'twice'] 2 12 SimpleNamespace\n"


def test_two_imports_of_one_version_give_one_namespace(render: Render) -> None:
    program = """
import xatra
from xatra import xatrahub as h
assert h("/lib/one") is xatra.hub.xatrahub("lib/one/1 ") is xatra.xatrahub("/asha/lib/one")
xatra.Point("p", [1, 2])
"""
    paths = {"/lib/one": "/lib/one/1", "/asha/lib/one": "/lib/one/1"}
    assert render(program, bundle=bundle(lib("print('once')"), **paths)).printed == "once\n"


def test_equal_names_in_two_imports_do_not_mix(render: Render) -> None:
    one = lib('import xatra\ncore = xatra.xatrahub("/lib/a/1")\nA = core.A + ["one"]\n', "/lib/one/1")
    two = lib('import xatra\ncore = xatra.xatrahub("/lib/b/1")\nA = core.A + ["two"]\n', "/lib/two/1")
    works = bundle(one, two, lib('A = ["a"]', "/lib/a/1"), lib('A = ["b"]', "/lib/b/1"))
    program = """
import xatra
A = core = "mine"
print(xatra.xatrahub("/lib/one/1").A, xatra.xatrahub("/lib/two/1").A, A, core)
xatra.Point("p", [1, 2])
"""
    assert render(program, bundle=works).printed == "['a', 'one'] ['b', 'two'] mine mine\n"


# Maps and themes


def test_a_map_acts_on_the_current_map_in_a_scope_of_its_own(render: Render) -> None:
    source = 'import xatra\nplace = [3, 4]\nxatra.Point("theirs", place)\nassert "mine" not in globals()\n'
    program = """
import xatra
mine = place = [1, 2]
xatra.Point("before", place)
assert xatra.xatrahub("/map/one/1") is None
xatra.Point("after", place)
"""
    outcome = render(program, bundle=bundle(act(source)))
    assert labels(outcome) == ["before", "theirs", "after"]
    assert outcome.payload["points"][2]["position"] == [1, 2]


def test_a_map_acts_each_time_that_it_is_imported(render: Render) -> None:
    program = 'import xatra\nxatra.xatrahub("/map/one/1")\nxatra.xatrahub("/map/one/1")\n'
    assert labels(render(program, bundle=bundle(act(POINT.format("a", 1))))) == ["a", "a"]


def test_the_library_and_theme_of_an_imported_map_run_in_its_scope(render: Render) -> None:
    theme = 'import xatra\nxatra.CSS(".theirs { color: red }")\nsize = 2\n'
    work = act('import xatra\nxatra.Point(NAME * size, [1, 2], note="n")\n', "/map/one/1", 'NAME = "ab"', theme)
    outcome = render('import xatra\nxatra.xatrahub("/map/one/1")\n', bundle=bundle(work))
    assert labels(outcome) == ["abab"]
    assert ".theirs" in outcome.page


def test_the_map_that_is_shown_in_an_import_is_not_the_artefact(render: Render) -> None:
    source = 'import xatra\nxatra.Point("theirs", [1, 2])\nxatra.show()\nassert "theirs" in xatra.to_html_string()\n'
    program = 'import xatra\nxatra.xatrahub("/map/one/1")\nxatra.Point("mine", [1, 2])\n'
    assert labels(render(program, bundle=bundle(act(source)))) == ["theirs", "mine"]


def test_a_function_of_a_library_may_show_the_map(render: Render) -> None:
    source = 'import xatra\ndef finish():\n    xatra.show()\n    xatra.Point("late", [1, 2])\n'
    program = 'import xatra\nxatra.Point("mine", [1, 2])\nxatra.xatrahub("/lib/one/1").finish()\n'
    assert labels(render(program, bundle=bundle(lib(source)))) == ["mine"]


def test_filters_choose_among_statements_that_call_the_library_by_its_module(render: Render) -> None:
    source = """
import xatra
from xatra import Point
xatra.Point("p", [1, 2])
xatra.Text("t", [1, 2])
Point("kept", [1, 2])
for label in "ab":
    xatra.Point(label, [1, 2])
made = xatra.Path("path", [[1, 2], [3, 4]])
xatra.show()
"""
    works = bundle(act(source))

    def drawn(filters: str) -> tuple[list[str], list[str], int]:
        outcome = render(f'import xatra\nxatra.new_map()\nxatra.xatrahub("/map/one/1", {filters})\n', bundle=works)
        payload = outcome.payload
        return labels(outcome), [text["label"] for text in payload["texts"]], len(payload["paths"])

    everything = ["p", "kept", "a", "b"]
    assert drawn("") == (everything, ["t"], 1)
    assert drawn("None, []") == (everything, ["t"], 1)
    assert drawn('filter_only=["Point"]') == (everything, [], 1)
    assert drawn('["Text", " "]') == (["kept", "a", "b"], ["t"], 1)
    assert drawn('filter_not={"Point", "Text"}') == (["kept", "a", "b"], [], 1)
    assert drawn('filter_only=["Point", "Text"], filter_not=[" Point "]') == (["kept", "a", "b"], ["t"], 1)


def test_filters_keep_decorators_which_the_library_loses(render: Render) -> None:
    source = "import functools\n@functools.cache\ndef f():\n    print('called')\nf()\nf()\n"
    program = 'import xatra\nxatra.xatrahub("/map/one/1", filter_only=["Flag"])\nxatra.Point("p", [1, 2])\n'
    assert render(program, bundle=bundle(act(source))).printed == "called\n"


def test_a_theme_styles_the_map(render: Render) -> None:
    works = bundle(act('import xatra\nxatra.CSS(".x { color: red }")\nxatra.zoom(7)\n', "/css/one/1"))
    outcome = render('import xatra\nxatra.xatrahub("/css/one/1")\nxatra.Point("p", [1, 2])\n', bundle=works)
    assert ".x { color: red }" in outcome.page


# The map's own library and theme


def test_the_library_and_theme_of_the_program_run_first_in_its_scope(render: Render) -> None:
    before = [Part(name="library", source="A = [1]\n"), Part(name="theme", source="A = A + [2]\n")]
    outcome = render('import xatra\nxatra.Point("p", A)\nprint(__name__)\n', bundle=Bundle(before=before))
    assert outcome.payload["points"][0]["position"] == [1, 2]
    assert outcome.printed == "__main__\n"


def test_an_error_of_the_map_s_own_library_names_it(render: Render) -> None:
    error = render("x = 1\n", bundle=Bundle(before=[Part(name="library", source="A = 1\nB = C\n")])).error
    assert error["message"] == "name 'C' is not defined (line 2 of library)"
    assert error["line"] is None
    assert 'File "library", line 2' in error["traceback"]


# Errors


def test_an_error_in_an_import_names_its_place_and_the_way_to_it(render: Render) -> None:
    outer = act('import xatra\n\nxatra.xatrahub("/lib/one/1")\n')
    works = bundle(outer, lib("A = 1\nB = undefined\n"))
    error = render('import xatra\n\n\nxatra.xatrahub("/map/one/1")\n', bundle=works).error
    assert error["type"] == "NameError"
    assert error["message"] == (
        "name 'undefined' is not defined (line 2 of /lib/one/1, from line 3 of /map/one/1, from line 4)"
    )
    assert error["line"] == 4
    assert [line for line in error["traceback"].splitlines() if "File" in line] == [
        '  File "map.py", line 4, in <module>',
        '  File "/map/one/1", line 3, in <module>',
        '  File "/lib/one/1", line 2, in <module>',
    ]
    assert "B = undefined" in error["traceback"]


def test_an_error_in_a_filtered_import_keeps_its_line(render: Render) -> None:
    program = 'import xatra\nxatra.xatrahub("/map/one/1", filter_not=["Point"])\n'
    error = render(program, bundle=bundle(act('import xatra\nxatra.Point("a", [1, 2])\n\n1 / 0\n'))).error
    assert error["message"] == "division by zero (line 4 of /map/one/1, from line 2)"


def test_a_function_of_a_library_that_fails_names_its_place(render: Render) -> None:
    program = 'import xatra\none = xatra.xatrahub("/lib/one/1")\none.f(0)\n'
    error = render(program, bundle=bundle(lib("def f(x):\n    return 1 / x\n"))).error
    assert error["message"] == "division by zero (line 2 of /lib/one/1, from line 3)"
    assert error["line"] == 3


def test_a_syntax_error_in_an_import_names_its_place(render: Render) -> None:
    error = render('import xatra\nxatra.xatrahub("/lib/one/1")\n', bundle=bundle(lib("A = = 1\n"))).error
    assert (error["type"], error["line"]) == ("SyntaxError", 2)
    assert error["message"] == "invalid syntax (line 1 of /lib/one/1, from line 2)"


def test_a_warning_in_an_import_names_its_place(render: Render) -> None:
    source = 'from xatra import gadm\n\nA = gadm("IND.99").to_geometry()\nimport warnings\nwarnings.warn("old")\n'
    program = 'import xatra\nxatra.xatrahub("/lib/one/1")\nxatra.Point("p", [1, 2])\n'
    said = render(program, bundle=bundle(lib(source))).warnings
    assert "line 5 of /lib/one/1: old" in said


def test_a_library_that_ends_the_program_ends_it(render: Render) -> None:
    error = render('import xatra\nxatra.xatrahub("/lib/one/1")\n', bundle=bundle(lib("raise SystemExit(3)"))).error
    assert error["type"] == "SystemExit"


def test_a_path_that_is_put_together_finds_nothing_that_was_not_resolved(render: Render) -> None:
    program = 'import xatra\ngetattr(xatra, "xatra" + "hub")("/lib/" + "two")\n'
    error = render(program, bundle=bundle(lib("A = 1"))).error
    assert error["type"] == "HubImportError"
    assert "/lib/two" in error["message"]


def test_a_work_that_imports_itself_as_it_runs_ends_in_an_error(render: Render) -> None:
    source = 'import xatra\ngetattr(xatra, "xatrahub")("/lib/one/1")\n'
    error = render('import xatra\nxatra.xatrahub("/lib/one/1")\n', bundle=bundle(lib(source))).error
    assert error["type"] == "RecursionError"
