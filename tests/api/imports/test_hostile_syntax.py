"""Whatever Python is sent, it is read or refused soon, and the process that answers lives on."""

import asyncio
import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx2
import pytest
from sqlalchemy.ext.asyncio import create_async_engine
from tests.api.conftest import API
from tests.api.imports.hostile_syntax import PROGRAMS, filled

from xatra_api.imports import syntax
from xatra_api.imports.service import HubImport, ImportService
from xatra_api.processes import Processes, TooManyPrograms
from xatra_shared.http.problems import Problem
from xatra_shared.queue.model import Engine

SLOW = {name: PROGRAMS[name] for name in ("a dotted name", "accents on a letter")}


@pytest.fixture
def api(serve: Callable[..., httpx2.Client], idle_worker: Engine) -> httpx2.Client:
    """Return a client of an api that knows of a worker, so that programs are all that it may refuse."""
    return serve(caller_active_renders=1000, address_active_renders=1000, queue_capacity=1000)


def reader() -> ImportService:
    """Return what reads programs; no hub is asked for that."""
    return ImportService(create_async_engine("postgresql+psycopg://nobody@127.0.0.1:1/nothing"), Processes())


def refusal(program: str) -> Problem | None:
    """Return why a program is refused, or None."""
    try:
        asyncio.run(reader().read(program))
    except Problem as problem:
        return problem
    return None


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)
def test_hostile_syntax_is_read_or_refused(program: str) -> None:
    refused = refusal(program)

    assert refused is None or refused.status in (413, 422)
    if refused and refused.status == 422:
        assert refused.extensions["errors"]


@pytest.mark.parametrize("program", SLOW.values(), ids=SLOW)
def test_a_program_that_takes_too_long_to_read_is_refused(program: str) -> None:
    refused = refusal(program)

    assert refused
    assert refused.occurrence == syntax.TOO_HARD


def test_a_long_program_is_told_of_as_a_short_one_is() -> None:
    for lines in (1, 10_000):
        head = "x = 1\n" * lines
        refused = refusal(f"{head}y = = 2\n")
        assert refused
        assert refused.extensions["errors"] == [{"line": lines + 1, "column": 5, "message": "invalid syntax"}]
        refused = refusal(f"{head}from xatra import xatrahub\n  \nxatrahub(y)\n")
        assert refused
        assert (refused.occurrence or "").startswith(f"Line {lines + 3}: xatrahub ")


def test_a_long_program_that_is_fine_passes() -> None:
    assert refusal("x = [1, 2, 'पाटलिपुत्र']\n" * 4_000) is None


def test_more_programs_than_there_is_time_for_are_asked_to_come_again() -> None:
    async def ask() -> list[list[HubImport] | BaseException]:
        read = reader().read
        return await asyncio.gather(*(read(program) for program in list(SLOW.values()) * 5), return_exceptions=True)

    refusals = asyncio.run(ask())
    kinds = {type(refused).__name__ for refused in refusals}
    assert kinds == {"ProgramNotUnderstood", "TooManyPrograms"}
    assert all(refused.headers for refused in refusals if isinstance(refused, TooManyPrograms))


def test_the_process_that_reads_a_program_ends_by_itself() -> None:
    source = SLOW["accents on a letter"].encode()
    process = subprocess.Popen(
        [sys.executable, "-I", "-S", syntax.__file__], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
    )
    assert process.stdin
    process.stdin.write(source)
    process.stdin.close()

    assert process.wait(30) < 0


def test_other_requests_are_answered_while_the_worst_programs_are_read(api: httpx2.Client) -> None:
    with asked_all_the_time(f"{api.base_url}/healthz") as waits:
        for program in (*SLOW.values(), filled("a\n", "", "a b"), filled("{a}", "f'", "'"), filled("a\n")):
            answer = api.post(f"{API}/renders", json={"program": program})
            assert answer.status_code in (422, 503)  # the latter where a busy machine does not get to it in time

    assert len(waits) > 20
    assert max(waits) < 1  # the machine may be busy; one of these programs alone would take 35 seconds


def test_hostile_programs_that_the_api_reads_itself_do_it_no_harm(api: httpx2.Client) -> None:
    for name, program in PROGRAMS.items():
        if len(program) < 6_000:
            answer = api.post(f"{API}/renders", content=body_of(program), headers={"Content-Type": "application/json"})
            assert answer.status_code in (202, 413, 422), name
    assert api.get("/healthz").status_code == 200


def body_of(program: str) -> bytes:
    return json.dumps({"program": program}).encode()


@contextmanager
def asked_all_the_time(url: str) -> Iterator[list[float]]:
    """Ask an address again and again; yield how many seconds each answer took."""
    httpx2.get(url)  # the first request has the application build its routes
    waits: list[float] = []
    stop = threading.Event()

    def ask() -> None:
        with httpx2.Client() as client:
            while not stop.wait(0.05):
                started = time.monotonic()
                assert client.get(url).status_code == 200
                waits.append(time.monotonic() - started)

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        yield waits
    finally:
        stop.set()
        thread.join()
