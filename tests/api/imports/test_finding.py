"""What counts as an import in a program's text, and how imports get their versions there."""

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xatra_api.imports.paths import as_the_client_reads, parse_path, pinned
from xatra_api.imports.syntax import Call, examine


def calls(program: str) -> list[Call]:
    findings = examine(program)
    assert findings.fault is None
    return findings.hub_calls


def paths(program: str) -> list[str | None]:
    return [call.path for call in calls(program)]


@pytest.mark.parametrize(
    "program",
    [
        'import xatra\nxatra.xatrahub("/lib/a")',
        'import xatra as x\nx.xatrahub("/lib/a")',
        'import xatra.hub\nxatra.hub.xatrahub("/lib/a")',
        'from xatra import xatrahub\nxatrahub("/lib/a")',
        'from xatra import *\nxatrahub("/lib/a")',
        'from xatra.hub import xatrahub as h\nh("/lib/a")',
        'def f():\n    from xatra import xatrahub as h\n    return h("/lib/a").A',
        'x = [hub.xatrahub(path="/lib/a", filter_only=["Flag"], filter_not=None).A for _ in range(2)]',
        'xatrahub("/lib/a", ("Flag",), {"River"})',
        'xatrahub(\n  "/lib"\n  "/a"\n)',
        'xatrahub(("/lib/a"))',
        'xatrahub(r"""/lib/a""")',
        "xatrahub('\\x2flib/a')",
        "x = f\"{xatrahub('/lib/a').A!r:>3}\"",
        '\uff58atrahub("/lib/a")',
        'if (lib := xatrahub("/lib/a")): pass',
    ],
)
def test_a_call_with_a_literal_path_is_an_import(program: str) -> None:
    assert paths(program) == ["/lib/a"]


@pytest.mark.parametrize(
    "program",
    [
        "xatrahub()",
        "xatrahub(path)",
        'xatrahub("/lib/" + name)',
        'xatrahub(f"/lib/{name}")',
        'xatrahub(b"/lib/a")',
        'xatrahub(*["/lib/a"])',
        'xatrahub(**{"path": "/lib/a"})',
        'xatrahub("/lib/a", **more)',
        'xatrahub("/lib/a", None, None, None)',
        'xatrahub("/lib/a", path="/lib/b")',
        'xatrahub("/lib/a", timeout=3)',
        'xatrahub("/lib/a", filter_only=names)',
        'xatrahub("/lib/a", filter_only="Flag")',
        'xatrahub("/lib/a", filter_not=["Flag", name])',
        'xatrahub("/lib/a", filter_not=[*names])',
        "hub = xatra.xatrahub",
        "from xatra import xatrahub as h\nhub = h",
        'map(xatra.xatrahub, ["/lib/a"])',
        "@xatrahub\ndef f(): pass",
        "f(xatrahub)",
        "(lambda: xatrahub)()('/lib/a')",
        "del x[xatrahub]",
    ],
)
def test_everything_else_that_is_done_with_it_is_a_mistake_with_its_line(program: str) -> None:
    [call] = calls(f"# पाटलिपुत्र\nx = 'é'; \n{program}")
    assert (call.path, call.line) == (None, 3 + program.count("\n") * program.startswith("from"))
    assert call.mistake


@pytest.mark.parametrize(
    "program",
    [
        "x = 1",
        '# xatrahub("/lib/a")',
        "'xatrahub(\"/lib/a\")'",
        "import xatra\nxatra.Flag('xatrahub', 1)",
        "def f(xatrahub): pass",
    ],
)
def test_what_only_looks_like_an_import_is_none(program: str) -> None:
    assert calls(program) == []


def test_calls_come_in_the_order_of_the_text_and_with_columns_in_characters() -> None:
    program = "import xatra\nx = 'पाटलि'; y = xatrahub('/lib/b', ['é'])\nxatrahub('/lib/a')\n"
    assert [(call.path, call.line, call.column) for call in calls(program)] == [("/lib/b", 2, 18), ("/lib/a", 3, 1)]


def test_the_names_that_a_library_defines_are_those_of_its_own_top_level() -> None:
    program = """
import math
from xatra import gadm
A = gadm("IND")
B, (C, *D) = 1, (2, 3)
E: int = 1
if A:
    F = 1
for G in range(3):
    _H = [local for local in range(3)]
with open("x") as I:
    pass
def J(parameter):
    inner = 1
class K:
    member = 1
A.attribute = A["key"] = 2
_private = 1
del B
"""
    assert examine(program, names=True).names == ["A", "B", "C", "D", "E", "F", "G", "I", "J", "K"]


@pytest.mark.parametrize(
    ("literal", "path"),
    [
        ("/lib/a", ("lib", "a", None, None)),
        ("lib/a", ("lib", "a", None, None)),
        ("/lib/a\n", ("lib", "a", None, None)),
        (" '/lib/a/3' ", ("lib", "a", None, 3)),
        ("/css/a_b.c/alpha", ("css", "a_b.c", None, "alpha")),
        ("/asha/map/x/12", ("map", "x", "asha", 12)),
        ("/a-b.c/map/x", ("map", "x", "a-b.c", None)),
        ("/lib/map/3", ("lib", "map", None, 3)),
        ("/lib/3/3", ("lib", "3", None, 3)),
        ("/lib/alpha", ("lib", "alpha", None, None)),
    ],
)
def test_paths_are_read_as_the_library_s_client_reads_them(literal: str, path: tuple[object, ...]) -> None:
    assert parse_path(as_the_client_reads(literal)) == path


@pytest.mark.parametrize(
    "literal",
    [
        *(
            "",
            "/",
            "/lib",
            "/lib/",
            "/lib/a/",
            "//lib/a",
            "/lib/a/0",
            "/lib/a/03",
            "/lib/a/-1",
            "/lib/a/latest",
            "/lib/A",
        ),
        *(
            "/flag/a",
            "/lib/a b",
            "/lib/é",
            "/lib/a\n/3",
            "/lib/\uff41",
            "/lib/a/१",
            "/lib/a/3/4",
            "https://x/lib/a",
            "/lib/../a",
        ),
        *("/lib/\ud800", "/lib/a\0", "/lib/" + "a" * 201, "/lib/a/1234567890", "/a/b/lib/c"),
    ],
)
def test_other_paths_lead_nowhere(literal: str) -> None:
    assert parse_path(as_the_client_reads(literal)) is None


def pin(program: str) -> str:
    return pinned(program, [(as_the_client_reads(call.path or ""), call.start, call.end, 7) for call in calls(program)])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('xatrahub("/lib/a")', 'xatrahub("/lib/a/7")'),
        ("x='é';xatrahub( '/lib/a' , ) # /lib/a é", "x='é';xatrahub( '/lib/a/7' , ) # /lib/a é"),
        ("xatrahub('''lib/a''')", "xatrahub('''lib/a/7''')"),
        ('xatrahub(" /asha/lib/a ")', 'xatrahub(" /asha/lib/a/7 ")'),
        ('xatrahub("/lib" # here\n  "/a")', 'xatrahub("/lib/a/7")'),
        ('xatrahub("\\x2flib/a")', 'xatrahub("/lib/a/7")'),
        ('xatrahub("/lib/a" # /lib/a\n  "")', 'xatrahub("/lib/a/7")'),
        ("xatrahub(\" 'lib/a' \")", 'xatrahub("/lib/a/7")'),
        ('xatrahub(R"/lib/a ")', 'xatrahub(R"/lib/a/7 ")'),
        ('xatrahub("/lib/\\x61")', 'xatrahub("/lib/a/7")'),
        ("a = 1\r\nb = xatrahub(\r  path='/lib/a')\r\n\f\n", "a = 1\r\nb = xatrahub(\r  path='/lib/a/7')\r\n\f\n"),
        ("xatrahub('/lib/a').A - xatrahub('/lib/b').B\n", "xatrahub('/lib/a/7').A - xatrahub('/lib/b/7').B\n"),
        (
            "f'''é{xatrahub('/lib/a')}\n é {xatrahub('/lib/b')}'''",
            "f'''é{xatrahub('/lib/a/7')}\n é {xatrahub('/lib/b/7')}'''",
        ),
    ],
)
def test_pinning_changes_the_path_and_nothing_else(before: str, after: str) -> None:
    assert pin(before) == after
    assert [as_the_client_reads(path or "")[-2:] for path in paths(after)] == ["/7"] * len(paths(after))


_TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)
_LINES = st.one_of(
    _TEXT.map(lambda text: f"x = {text!r}"),
    _TEXT.map(lambda text: "# " + "".join(text.splitlines())),
    st.sampled_from(["/lib/a", "lib/a", " /map/é"]).flatmap(
        lambda path: _TEXT.map(lambda text: f"y = {text!r}, xatrahub({path!r}), {text!r}")
    ),
    st.just("z = f'é{xatrahub(\"/css/a\")}é'"),
)


@given(st.lists(_LINES, max_size=8), st.sampled_from(["\n", "\r\n", "\r", ";\n", "\n\f"]))
def test_every_literal_is_found_where_it_is(lines: list[str], newline: str) -> None:
    program = newline.join(lines)
    findings = examine(program)
    if findings.fault is None:
        assert len(findings.hub_calls) == sum("xatrahub(" in line for line in lines if not line.startswith("#"))
        for call in findings.hub_calls:
            assert ast.literal_eval(program[call.start : call.end]) == call.path
