"""Whatever is sent as a program or a document, it is read or refused soon, and the process that answers lives on."""

import asyncio
import json
import time
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from tests.api.conftest import API
from tests.api.imports.hostile_syntax import PROGRAMS, filled, nested

from xatra_api.document.schemas import Document
from xatra_api.document.service import DocumentService
from xatra_api.document.writing import write
from xatra_api.processes import Processes
from xatra_shared.http.problems import Problem

type Json = dict[str, Any]

HARD = {
    "groups": nested('xatra.Flag("a", (', 'gadm("I")', "))", 1) + "\n",
    "deep groups": "import xatra\nfrom xatra import gadm\nx = " + nested("(gadm('I') - ", "gadm('I')", ")", 140),
    "deep lists": "import xatra\nxatra.Path('a', " + nested("[", "1", "]", 140) + ")",
    "a long chain": "import xatra\nfrom xatra import gadm\nx = " + " | ".join(["gadm('I')"] * 140),
    "layers": filled("xatra.zoom(1)\n", "import xatra\n"),
    "a path": filled("[1, 2], ", "import xatra\nxatra.Path('a', [", "])"),
    "texts": filled("'\\U0010ffff' ", "import xatra\nxatra.CSS(", ")"),
    "comments": filled("#\n", "import xatra\n"),
    "names": "import " + ", ".join(f"m{number}" for number in range(20_000)),
    "form feeds": filled("\f\nx = 1\n"),
}
BUSY = 503  # what a machine says that has too much else to do
SLOW = ("a dotted name", "accents on a letter", "list patterns", "class patterns")


def outcome(program: str) -> Document | Problem:
    """Return the document of a program, or why it is refused."""
    try:
        answer = asyncio.run(DocumentService(Processes()).read(program))
    except Problem as problem:
        return problem
    return Document.model_validate(json.loads(answer)["document"])


@pytest.mark.parametrize("program", HARD.values(), ids=HARD)
def test_a_hard_program_is_read_without_loss_or_refused(program: str) -> None:
    read = outcome(program)

    if isinstance(read, Document):
        assert write(read).program == program
    else:
        assert read.status in (413, 422, BUSY)


@pytest.mark.long
@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)
def test_hostile_syntax_is_read_without_loss_or_refused(program: str) -> None:
    test_a_hard_program_is_read_without_loss_or_refused(program)


@pytest.mark.parametrize("program", [PROGRAMS[name] for name in SLOW], ids=SLOW)
def test_a_program_that_takes_too_long_is_refused(program: str) -> None:
    started = time.monotonic()
    read = outcome(program)

    assert isinstance(read, Problem)
    assert read.status in (422, 503)
    assert time.monotonic() - started < 20


def bodies() -> Iterator[tuple[str, bytes]]:
    yield "no JSON", b"{"
    yield "nothing", b""
    yield "a number", b"5"
    yield "deep", b"[" * 3_000_000
    yield "deep objects", b'{"document":' * 100_000 + b"1" + b"}" * 100_000
    yield "numbers", b"[" + b"0," * 4_000_000 + b"0]"
    yield "members", b'{"document": {' + b",".join(b'"%d": 1' % number for number in range(150_000)) + b"}}"
    yield "a huge number", b'{"document": {"version": ' + b"9" * 1_000_000 + b"}}"
    yield "half a character", b'{"document": {"version": 1, "ending": "\\ud800"}}'
    yield "no UTF-8", b'{"document": {"version": 1, "ending": "\xff"}}'
    yield "not a number", b'{"document": {"version": 1, "elements": [{"type": "zoom", "value": NaN}]}}'
    yield "wrong layers", body([{"type": "zoom"}] * 20_000)
    yield "too many layers", body([{"type": "zoom", "value": 1}] * 30_000)
    yield "many layers", body([{"type": "zoom", "value": 1}] * 19_000)
    yield "many positions", body([{"type": "path", "label": "", "value": [[0.5, 0.25]] * 60_000}])
    yield "groups", body([{"type": "flag", "label": "", "value": grouped(45)}])
    yield "operations", body([{"type": "flag", "label": "", "value": by_turns(40_000)}])
    yield "audio", body([{"type": "music", "value": "data:audio/wav;base64," + "A" * 9_000_000}])
    yield "a text", body([{"type": "css", "value": "\u202e" * 3_000_000}])


def body(elements: list[Json]) -> bytes:
    return json.dumps({"document": {"version": 1, "elements": elements}}, ensure_ascii=False).encode()


def grouped(depth: int) -> list[Json]:
    parts: list[Json] = [{"type": "gadm", "value": "I"}]
    for _ in range(depth):
        parts = [{"type": "gadm", "value": "I"}, {"type": "group", "op": "difference", "value": parts}]
    return parts


def by_turns(count: int) -> list[Json]:
    unit: Json = {"type": "gadm", "value": "I"}
    return [unit, *({**unit, "op": ("difference", "intersection")[number % 2]} for number in range(count))]


def test_hostile_documents_are_written_or_refused(api: httpx2.Client) -> None:
    for name, sent in bodies():
        answer = api.post(f"{API}/document/program", content=sent, headers={"Content-Type": "application/json"})
        assert answer.status_code in (200, 413, 422, BUSY), name
        if answer.status_code == 200:
            assert len(answer.json()["program"]) <= 200_000, name
    assert api.get("/healthz").status_code == 200


def test_hostile_documents_are_no_render(api: httpx2.Client) -> None:
    for name, sent in bodies():
        answer = api.post(f"{API}/renders", content=sent, headers={"Content-Type": "application/json"})
        assert answer.status_code in (413, 422, 503), name  # 503: there is no worker
    assert api.get("/healthz").status_code == 200
