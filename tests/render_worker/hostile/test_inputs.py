"""What comes in with a program, or passes for data in it, is data: it is neither run nor followed, and does not blow up."""

import base64
import bz2
import gzip
import io
import json
import lzma
import zipfile
import zlib

import pytest
from tests.render_worker.hostile.arena import Arena, slow

PYTHON = "__import__('builtins').print('own' + 'ed')"

WRAPPED = [
    PYTHON,
    f"{{{{ {PYTHON} }}}}",
    "{{ 7 * 7 }}",
    "{% import os %}{{ os.environ }}",
    "{{ self.__init__.__globals__ }}",
    "${7*7}",
    "#{7*7}",
    "%(__class__)s",
    "{0.__class__.__mro__}",
    f"'); {PYTHON}; ('",
    f'"""); {PYTHON}; ("""',
    f"\n{PYTHON}\n",
    "!!python/object/apply:builtins.print [owned]",
    'c__builtin__\nprint\n(S"owned"\ntR.',
    "=cmd|' /C calc'!A0",
]
"""What some interpreter would run, were it given to one."""

EVERYWHERE = """
import pandas, xatra
from xatra import Icon
from xatra.loaders import polygon
for text in {texts!r}:
    xatra.Flag(text, polygon([[0, 0], [0, 1], [1, 1]]), note=text, classes=text, display_label=text)
    xatra.Path(text, [[27, 89], [28, 90]], note=text)
    xatra.Point(text, [27, 89], note=text, icon=Icon(text))
    xatra.Text(text, [27, 90], note=text)
    xatra.TitleBox(text)
    xatra.CSS(text)
    xatra.BaseOption("https://tiles.example/" + text, name=text)
    xatra.Data("BTN.2", 1, classes=text)
    xatra.Dataframe(pandas.DataFrame({{"GID": ["BTN.3"], "value": [1], "note": [text]}}), classes=text)
"""

MUSIC = """
    __import__("xatra").Music(T.file, (0, 1), (0, 1))
    __import__("xatra").Music("/etc/passwd", (0, 1), (0, 1))
    __import__("xatra").Music("/proc/self/environ", (0, 1), (0, 1))
    __import__("xatra").Music("/proc/self/fd/0", (0, 1), (0, 1))
    __import__("xatra").Music(f"/proc/self/fd/{END}", (0, 1), (0, 1))
    __import__("xatra").Music("../../../../../.." + T.file, (0, 1), (0, 1))
    __import__("xatra").Music("song.wav/../../../../../.." + T.file, (0, 1), (0, 1))
    __import__("xatra").Music(T.file.encode(), (0, 1), (0, 1))
    __import__("xatra").Music(__import__("pathlib").Path(T.file), (0, 1), (0, 1))
    __import__("xatra").Music("file://" + T.file, (0, 1), (0, 1))
    __import__("xatra").Music(f"http://127.0.0.1:{T.tcp}/", (0, 1), (0, 1))
    __import__("xatra").Music("song.wav\\0" + T.file, (0, 1), (0, 1))
    __import__("xatra").Music("secret.csv", (0, 1), (0, 1))
    """

LATE_MUSIC = """
    __import__("xatra").Music(Turncoat(), (0, 1), (0, 1))
    __import__("xatra.flagmap").flagmap.Map.Music.__globals__["_add_music"](__import__("xatra").get_current_map(), T.file, (0, 1), (0, 1))
    """
"""Accepted at first: the file is read when the map is drawn."""

PATHS = {
    "countries": """
        __import__("xatra.loaders").loaders.gadm("../../../../../.." + T.file).to_geometry()
        __import__("xatra.loaders").loaders.gadm("/etc/passwd").to_geometry()
        __import__("xatra.loaders").loaders.gadm("IND_0.json/../../../../../../.." + T.file).to_geometry()
        __import__("xatra.loaders").loaders.load_gadm_like("../../../../../.." + T.file, None)
        __import__("xatra.loaders").loaders._read_json(T.file)
        """,
    "icons": """
        __import__("xatra").Icon.builtin("../../../../../../.." + T.file)
        __import__("xatra").Icon.builtin(T.file)
        __import__("xatra").Icon.bootstrap("../../../../../../.." + T.file)
        """,
    "rivers": """
        __import__("xatra.loaders").loaders.overpass("../../../../../.." + T.file)
        __import__("xatra.loaders").loaders.overpass("999999999999")
        __import__("xatra.loaders").loaders.naturalearth("../../../../../.." + T.file)
        __import__("xatra.loaders").loaders._find_overpass_path_for_id("999999999999")
        """,
    "pictures-of-maps": """
        __import__("xatra").get_current_map().show(T.directory + "/new.json", T.directory + "/new.html") or checked(-1)
        open(T.directory + "/new.html")
        """,
    "hub": """
        __import__("xatra.hub").hub.xatrahub("/lib/x")
        __import__("xatra.hub").hub.xatrahub("/map/x", filter_only=["Flag"])
        __import__("xatra").xatrahub("../../../etc/passwd")
        getattr(__import__("xatra"), "xatra" + "hub")("/lib/x")
        __import__("xatra.hub").hub.urlopen(f"http://127.0.0.1:{T.tcp}/lib/x")
        """,
}

UNDOING = {
    "the-hub-client": """
import importlib, os
os.environ["XATRAHUB_URL"] = f"http://127.0.0.1:{T.tcp}"
from xatra import hub
importlib.reload(hub)
attempt("hub.xatrahub('/lib/x')")
attempt("hub.xatrahub('/map/x')")
""",
    "the-download-of-rivers": """
import importlib
from xatra import loaders
importlib.reload(loaders)
attempt("loaders.overpass('123456789')")
attempt("loaders.overpass('123456789', 'way')")
""",
    "the-download-of-data": """
from xatra import data_installer
attempt("data_installer.install_data()")
attempt("data_installer.main()")
""",
    "reading-of-dotenv-files": """
import dotenv
attempt("dotenv.dotenv_values(T.file)['x']")
attempt("open(dotenv.find_dotenv(usecwd=True) or T.directory + '/.env')")
attempt("dotenv.load_dotenv(T.file) or checked(-1)")
""",
    "pickles": """
import io, pickle, numpy, pandas
class Owned:
    def __reduce__(self): return (os.system, ("touch " + T.directory + "/owned",))
class Reader:
    def __reduce__(self): return (eval, ("open(T.file).read()",))
attempt("pickle.loads(pickle.dumps(Owned()))")
attempt("pickle.loads(pickle.dumps(Reader()))")
attempt("pandas.read_pickle(io.BytesIO(pickle.dumps(Owned())))")
attempt("numpy.load(io.BytesIO(pickle.dumps(Owned())), allow_pickle=True)")
attempt("pandas.eval('@os.system(\\\\'id\\\\')')")
""",
}

MEMBER = gzip.compress(bytes(10 << 20))


def in_base64(content: bytes) -> str:
    return f"__import__('base64').b64decode({base64.b64encode(content).decode()!r})"


def zipped() -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("x.csv", bytes(20 << 20))
    return archive.getvalue()


BOMBS = {
    "gzip-read-by-pandas": f"import io, pandas\npandas.read_csv(io.BytesIO({in_base64(MEMBER)} * 2000), compression='gzip')",
    "xz": f"import lzma\nlzma.decompress({in_base64(lzma.compress(bytes(16 << 20)))} * 1000)",
    "zip": f"import io, zipfile\nfile = zipfile.ZipFile(io.BytesIO({in_base64(zipped())}))\nkept = []\nwhile True: kept.append(file.read('x.csv'))",
    "numbers": "import io, pandas\npandas.read_csv(io.StringIO('a\\n' + ('9' * 4000 + '\\n') * 400_000))",
    "a-picture": "import io, matplotlib.image, numpy\nmatplotlib.image.imread(io.BytesIO(numpy.zeros(1 << 30)))",
}
BOMBS_TOO = {
    "gzip": f"import gzip\ngzip.decompress({in_base64(MEMBER)} * 2000)",
    "zlib": f"import zlib\nkept = []\nwhile True: kept.append(zlib.decompress({in_base64(zlib.compress(bytes(10 << 20)))}))",
    "bzip2": f"import bz2\nbz2.decompress({in_base64(bz2.compress(bytes(64 << 20)))} * 100)",
    "columns": "import io, pandas\npandas.read_csv(io.StringIO(','.join(map(str, range(3_000_000)))))",
}

XML = {
    "billion-laughs": '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12))
    + "]><x>&m;</x>",
    "quadratic": f'<!DOCTYPE x [<!ENTITY a "{"a" * 50_000}">]><x>{"&a;" * 50_000}</x>',
    "another-file": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
    "deep": "<x>" * 100_000,
}

LIES = {
    "a-page-as-a-picture": ("x.png", b"<html><script>owned()</script></html>"),
    "an-archive-as-a-table": ("x.csv", zipped()),
    "a-compressed-table": ("x.csv.gz", MEMBER),
    "a-pickle": ("x.csv", b"\x80\x04cos\nsystem\n(S'id'\ntR."),
    "a-program": ("x.csv", b"\x7fELF\x02\x01\x01" + bytes(100)),
    "a-script-in-svg": ("x.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>owned()</script></svg>'),
    "an-entity-in-svg": (
        "x.svg",
        b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
    ),
    "a-bomb-in-svg": (
        "x.svg",
        XML["billion-laughs"].replace("<x>", '<svg xmlns="http://www.w3.org/2000/svg">').encode(),
    ),
    "a-link-in-svg": (
        "x.svg",
        b'<svg xmlns="http://www.w3.org/2000/svg"><image href="http://169.254.169.254/latest/meta-data"/></svg>',
    ),
    "a-table-as-music": ("x.mp3", b"a,b\n1,2\n"),
}

BODIES = {
    "python-for-a-value": {"program": {"type": "python", "value": PYTHON}},
    "python-in-a-flag": {
        "document": {"version": 1, "elements": [{"type": "flag", "label": "x", "value": {"python": PYTHON}}]}
    },
    "python-for-a-label": {
        "document": {"version": 1, "elements": [{"type": "titlebox", "value": {"type": "python", "value": PYTHON}}]}
    },
    "python-for-a-number": {"document": {"version": 1, "elements": [{"type": "zoom", "value": PYTHON}]}},
    "python-for-a-name": {
        "document": {"version": 1, "elements": [{"type": "territory", "name": f"x = {PYTHON}; y", "value": []}]}
    },
    "python-for-a-module": {
        "document": {"version": 1, "elements": [{"type": "import", "names": [{"name": f"os; {PYTHON}"}]}]}
    },
    "a-path-for-music": {"document": {"version": 1, "elements": [{"type": "music", "value": "/etc/passwd"}]}},
    "a-path-up-for-music": {"document": {"version": 1, "elements": [{"type": "music", "value": "../../etc/passwd"}]}},
    "a-document-of-its-own-kind": {"document": {"version": 1, "elements": [{"type": "exec", "value": PYTHON}]}},
    "a-document-beside": {"program": "x = 1", "document": {"python": PYTHON}},
    "limits-of-its-own": {"program": "x = 1", "limits": {"memory_bytes": 1 << 40}},
    "a-sandbox-of-its-own": {"program": "x = 1", "sandbox": "off"},
    "an-environment": {"program": "x = 1", "env": {"LD_PRELOAD": "/tmp/x.so"}},
    "a-bundle": {"program": "x = 1", "bundle": {"/lib/x": PYTHON}},
    "a-list": {"program": ["x = 1"]},
    "files-in-a-list": {"program": "x = 1", "files": ["/etc/passwd"]},
    "a-path-for-a-file": {"program": "x = 1", "files": {"x.csv": "/etc/passwd"}},
    "a-dictionary-for-a-file": {"program": "x = 1", "files": {"x.csv": {"path": "/etc/passwd"}}},
}

SYNTAX = {
    "eight-thousand-terms": "x = " + " + ".join(["1"] * 8000),
    "brackets": "x = " + "[" * 5000 + "]" * 5000,
    "attributes": "x" + ".a" * 20_000,
    "indexes": "x" + "[0]" * 20_000,
    "calls": "x" + "()" * 20_000,
    "minuses": "x = " + "-" * 50_000 + "1",
    "lambdas": "x = " + "lambda: " * 5000 + "1",
    "indents": "".join(" " * n + "if 1:\n" for n in range(400)) + " " * 400 + "pass",
    "formats": "x = " + "f'{" * 200 + "1" + "}'" * 200,
    "a-long-number": "x = " + "9" * 150_000,
    "a-null": "x = 1\0",
    "half-a-character": "x = '\ud800'",
    "too-long": "x = 1\n" * 40_000,
}


def test_texts_that_look_like_programs_are_texts(arena: Arena):
    outcome = arena.attack(EVERYWHERE.format(texts=WRAPPED), prelude=False)
    assert outcome.state == "succeeded"
    assert "owned" not in outcome.output
    assert "{{ 7 * 7 }}" in outcome.html
    assert json.dumps(PYTHON)[1:-1] in outcome.html


@pytest.mark.parametrize("line", [line.strip() for line in MUSIC.strip().splitlines()], ids=range(13))
def test_music_embeds_nothing_but_what_was_uploaded(arena: Arena, line: str):
    sha256 = arena.put("song.wav", b"RIFF\x04\0\0\0WAVEsong").json()["sha256"]
    outcome = arena.try_all(line, files={"song.wav": sha256})
    assert outcome.got == {}
    assert "RIFF" not in outcome.html


@pytest.mark.parametrize(
    "line", [line.strip() for line in LATE_MUSIC.strip().splitlines()], ids=["another-name-later", "past-our-check"]
)
def test_music_that_changes_its_mind_is_found_out_when_it_is_read(arena: Arena, line: str):
    sha256 = arena.put("song.wav", b"RIFF\x04\0\0\0WAVEsong").json()["sha256"]
    outcome = arena.attack(
        f"""
class Turncoat:
    names = ["song.wav"]
    def __fspath__(self): return self.names.pop() if self.names else T.file
attempt({line!r})
""",
        files={"song.wav": sha256},
    )
    assert outcome.error == ("author", "FileNotFoundError")
    assert "the uploaded files are song.wav" in outcome.message


@pytest.mark.parametrize("expressions", PATHS.values(), ids=PATHS)
def test_no_file_of_the_server_is_reached_by_names_of(arena: Arena, expressions: str):
    assert arena.try_all(expressions).got == {}


@pytest.mark.parametrize("program", UNDOING.values(), ids=UNDOING)
def test_nothing_is_won_by_bringing_back(arena: Arena, program: str):
    outcome = arena.attack(program)
    assert outcome.refused
    assert outcome.got == {}


def test_hub_imports_that_do_not_exist_are_refused_before_they_run(arena: Arena):
    again = '\nxatra.xatrahub("/lib/me")'
    answer = arena.ask(f"import xatra{again * 100}")
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:xatra:problem:import-not-found")
    arena.assert_unharmed()


@pytest.mark.parametrize("program", [*BOMBS.values(), *slow(BOMBS_TOO)], ids=[*BOMBS, *BOMBS_TOO])
def test_a_bomb_is_a_matter_of_its_own_limits(arena: Arena, program: str):
    outcome = arena.attack(program, prelude=False)
    assert outcome.state in {"failed", "timed_out"}
    assert outcome.error[1] in {"MemoryError", "TimeLimit", "OutOfMemoryError", "ParserError", "UnidentifiedImageError"}


@pytest.mark.parametrize("document", XML.values(), ids=XML)
@pytest.mark.parametrize("reader", ["xml.etree.ElementTree", "xml.dom.minidom", "xml.sax"])
def test_no_xml_blows_up(arena: Arena, document: str, reader: str):
    outcome = arena.attack(
        f"""
import importlib, json, zlib
reader = importlib.import_module("{reader}")
document = zlib.decompress({in_base64(zlib.compress(document.encode()))})
parse = getattr(reader, "fromstring", None) or reader.parseString
attempt("parse(document, reader.ContentHandler())" if reader.__name__ == "xml.sax" else "parse(document)")
"""
    )
    assert "root:" not in outcome.output
    assert outcome.state in {"succeeded", "failed", "timed_out"}


@pytest.mark.parametrize(("name", "content"), LIES.values(), ids=LIES)
def test_nothing_is_taken_for_what_it_is_not(arena: Arena, name: str, content: bytes):
    assert arena.put(name, content).status_code in {415, 422}
    arena.assert_unharmed()


def test_an_archive_behind_music_is_a_bomb_of_its_own_limits(arena: Arena):
    content = b"RIFF\x04\0\0\0WAVE" + zipped()
    sha256 = arena.put("song.wav", content).json()["sha256"]
    program = "import zipfile\nfile = zipfile.ZipFile(open('song.wav', 'rb'))\nkept = []\nwhile True: kept.append(file.read('x.csv'))"
    outcome = arena.attack(program, files={"song.wav": sha256}, prelude=False)
    assert outcome.error in (("limit", "MemoryError"), ("limit", "TimeLimit"))


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_a_request_is_a_map_and_its_files(arena: Arena, body: dict[str, object]):
    answer = arena.service.client.post("/renders", json=body)
    assert answer.status_code == 422
    assert answer.json()["type"] in {"urn:xatra:problem:invalid-request", "urn:xatra:problem:document-invalid"}
    arena.assert_unharmed()


@pytest.mark.parametrize("text", WRAPPED, ids=range(len(WRAPPED)))
def test_python_in_the_values_of_a_document_is_text(arena: Arena, text: str):
    elements = [
        {
            "type": "flag",
            "label": text,
            "args": {"note": text, "classes": text, "display_label": text},
        },
        {"type": "path", "label": text, "value": [[27, 89], [28, 90]], "args": {"note": text, "classes": text}},
        {"type": "point", "label": text, "value": [27, 89], "args": {"note": text}},
        {"type": "text", "label": text, "value": [27, 90], "args": {"note": text}},
        {"type": "titlebox", "value": text},
        {"type": "css", "value": text},
        {"type": "basemap", "value": text, "args": {"name": text}},
    ]
    body = {"document": {"version": 1, "elements": elements}}
    answer = arena.service.client.post("/renders", json=body, headers={"Prefer": "wait=30"}).json()
    assert (answer["state"], answer["output"]) == ("succeeded", "")
    arena.assert_unharmed()


def test_python_in_the_name_of_a_country_is_a_country_that_is_not_there(arena: Arena):
    elements = [{"type": "admin", "value": f'IND"), {PYTHON}, ("', "args": {"level": 1}}]
    body = {"document": {"version": 1, "elements": elements}}
    answer = arena.service.client.post("/renders", json=body, headers={"Prefer": "wait=30"}).json()
    assert (answer["error"]["type"], answer["output"]) == ("MissingDataError", "")
    arena.assert_unharmed()


@pytest.mark.parametrize("program", SYNTAX.values(), ids=SYNTAX)
def test_no_syntax_is_too_much_for_the_service(arena: Arena, program: str):
    answer = arena.ask(program)
    assert answer.status_code in {200, 413, 422}
    assert answer.elapsed.total_seconds() < 5
    arena.assert_unharmed()
