"""Whatever a child writes to its supervisor, it is either the narrow reply that is due or the end of the render."""

import time

import pytest
from tests.render_worker.pool.conftest import Worker

from xatra_shared.queue.model import Limits, State

HEAD = """
import os, stat, struct
(end,) = [fd for fd in range(3, 64) if os.path.exists(f"/proc/self/fd/{fd}") and stat.S_ISSOCK(os.fstat(fd).st_mode)]
def send(kind, payload):
    os.write(end, struct.pack("!BI", kind, len(payload)) + payload)
PRINTED, REPLY, HTML = 2, 3, 4
"""
FINE = repr(b'{"error": null, "warnings": []}')  # as a program writes it


@pytest.mark.parametrize(
    "attack",
    [
        pytest.param("send(1, b'{}')", id="a-job"),
        pytest.param("send(9, b'')", id="a-kind-that-is-not"),
        pytest.param("send(HTML, b'<html>')", id="a-map-before-the-reply"),
        pytest.param(f"send(REPLY, {FINE}); send(REPLY, {FINE})", id="two-replies"),
        pytest.param("send(REPLY, b'')", id="nothing"),
        pytest.param("send(REPLY, b'[' * 100_000)", id="deep-json"),
        pytest.param("send(REPLY, b'{\"error\":' * 100_000)", id="deep-objects"),
        pytest.param("send(REPLY, b'\\xff' * 100)", id="no-json"),
        pytest.param("send(REPLY, b'{\"error\": null, \"warnings\": [], \"seconds\": 1e999}')", id="a-field-too-many"),
        pytest.param("send(REPLY, b'{\"error\": null, \"warnings\": [1]}')", id="a-number-for-text"),
        pytest.param(f"send(REPLY, b'{{\"error\": null, \"warnings\": {['x'] * 201}}}')".replace("'x'", '"x"'), id="201-warnings"),
        pytest.param("send(REPLY, b'{\"error\": null, \"warnings\": [\"\\\\ud800\"]}')", id="half-a-character"),
        pytest.param(
            "send(REPLY, b'{\"error\": {\"type\": \"X\", \"message\": \"\", \"line\": ' + b'9' * 4000 + b', \"traceback\": \"\"}, \"warnings\": []}')",
            id="a-line-of-4000-digits",
        ),
        pytest.param(
            "send(REPLY, b'{\"error\": {\"type\": \"' + b'X' * 300 + b'\", \"message\": \"\", \"line\": null, \"traceback\": \"\"}, \"warnings\": []}')",
            id="a-type-too-long",
        ),
        pytest.param("os.write(end, struct.pack('!BI', REPLY, (1 << 20) + 1))", id="a-reply-too-long"),
        pytest.param("os.write(end, struct.pack('!BI', HTML, (1 << 32) - 1))", id="a-map-of-4-gb"),
        pytest.param("send(PRINTED, b'')", id="nothing-printed"),
        pytest.param("while True: send(PRINTED, b'x')", id="printing-on-and-on"),
        pytest.param("while True: os.write(end, b'\\0' * 65536)", id="zeros"),
    ],
)  # fmt: skip
def test_what_is_not_the_due_reply_ends_the_render(worker: Worker, attack: str):
    render = worker.render(HEAD + attack, limits=Limits(wall_seconds=10))
    assert render.error["type"] == "OutputLimit"
    assert render.error["by"] == "limit"


@pytest.mark.parametrize(
    "attack", ["os.write(end, b'\\3\\0\\0\\1\\0half')", f"send(REPLY, {FINE})", "os.write(end, b'\\4')"]
)
def test_half_an_answer_waits_for_the_rest_no_longer_than_for_any_other(worker: Worker, attack: str):
    started = time.monotonic()
    render = worker.render(HEAD + attack + "\nimport time\ntime.sleep(60)", limits=Limits(wall_seconds=1))
    assert render.state is State.TIMED_OUT
    assert time.monotonic() - started < 3


def test_what_is_printed_is_text_whatever_was_sent(worker: Worker):
    render = worker.render(HEAD + "send(PRINTED, b'\\xff\\0\\x1b[2J')\n1/0")
    assert render.error["type"] == "ZeroDivisionError"
    assert render.output == "\N{REPLACEMENT CHARACTER}\N{SYMBOL FOR NULL}\x1b[2J"


def test_how_long_a_render_took_is_not_the_programs_to_say(worker: Worker):
    program = HEAD + f"send(REPLY, {FINE})\nsend(HTML, b'<html></html>')\nimport time\ntime.sleep(60)"
    render = worker.render(program)
    assert render.state is State.SUCCEEDED
    with worker.api.begin() as connection:
        timings = connection.exec_driver_sql("SELECT timings FROM render_jobs").scalar_one()
    assert 0 < timings["run_seconds"] < 5


def test_printing_nothing_very_often_is_nothing(worker: Worker):
    render = worker.render("for _ in range(300_000): print(end='')\n1/0")
    assert render.error["type"] == "ZeroDivisionError"


def test_half_characters_are_printed_in_full(worker: Worker):
    render = worker.render("print('\\ud800' * 50_000)\n1/0")
    assert render.error["type"] == "ZeroDivisionError"
    assert len(render.output) == 200_000
