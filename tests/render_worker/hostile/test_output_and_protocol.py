"""Whatever a program says, to its author or to its supervisor, is bounded, checked, and its own."""

import json

import pytest
from tests.render_worker.hostile.arena import RENDER_SECONDS, Arena, slow

MAX_PRINTED = 50_000

FLOODS = {
    "lines": "line = 'x' * 1_000_000\nfor _ in range(1000): print(line)",
    "pieces": "for _ in range(300_000): print('x', end='')",
    "errors": "import sys\nfor _ in range(1000): sys.stderr.write('x' * 1_000_000)",
    "the-first-streams": "import sys\nfor _ in range(1000): sys.__stdout__.write('x' * 1_000_000)",
    "descriptors": "import os\nfor _ in range(1000): os.write(1, b'x' * 1_000_000) + os.write(2, b'x' * 1_000_000)",
    "logs": "import logging\nfor _ in range(1000): logging.error('x' * 100_000)",
    "controls": "print('\\0\\x1b]0;owned\\x07\\x9b2J\\r\\b\\u202e' * 100_000)",
    "half-characters": "print('\\ud800' * 1_000_000)",
    "threads": "import threading\nfor _ in range(20): threading.Thread(target=lambda: [print('x' * 9999) for _ in range(99)]).start()",
}

ERRORS = {
    "a-huge-message": "raise ValueError('x' * 100_000_000)",
    "a-huge-name": "raise type('X' * 10_000_000, (Exception,), {})('x')",
    "a-long-chain": """
error = None
for number in range(100_000):
    another = ValueError(number)
    another.__cause__ = error
    error = another
raise error
""",
    "a-circle": "a, b = ValueError('a'), ValueError('b')\na.__cause__, b.__cause__ = b, a\nraise a",
    "a-deep-group": """
group = ValueError("x")
for _ in range(5000): group = ExceptionGroup("x", [group])
raise group
""",
    "a-wide-group": "raise ExceptionGroup('x', [ValueError('x' * 1000) for _ in range(20_000)])",
    "no-text": "class Odd(Exception):\n    def __str__(self): return 1\nraise Odd",
    "an-error-of-its-own": "class Odd(Exception):\n    def __str__(self): raise Odd\nraise Odd",
    "notes": "error = ValueError()\nfor _ in range(10_000): error.add_note('x' * 10_000)\nraise error",
    "markup": "raise type('</script><script>owned()</script>', (Exception,), {})('</script><img src=x onerror=owned()>')",
    "no-characters": "raise type('\\ud800', (Exception,), {})('\\ud800\\0\\x1b[2J')",
    "a-line-beyond-all": "exec(compile('\\n' * 9 + '1/0', 'map.py', 'exec').replace(co_firstlineno=2 ** 31 - 10))",
    "a-deep-stack": "def again(depth):\n    if depth: again(depth - 1)\n    else: 1 / 0\nagain(900)",
    "an-error-of-syntax": "error = SyntaxError('x' * 10 ** 6, ('map.py', 10 ** 9, 10 ** 9, 'x' * 10 ** 6))\nraise error",
    "an-exit": "raise SystemExit('x' * 100_000_000)",
    "no-error-at-all": "raise BaseException",
    "an-interrupt": "raise KeyboardInterrupt",
    "the-end-of-a-generator": "raise GeneratorExit",
}

PROTOCOL = {
    "a-job": "send(1, b'{}')",
    "an-unknown-kind": "send(77, b'')",
    "a-map-before-the-reply": "send(HTML, b'<html>')",
    "two-replies": "send(REPLY, FINE)\nsend(REPLY, FINE)",
    "no-json": "send(REPLY, b'\\xff' * 100)",
    "deep-json": "send(REPLY, b'[' * 500_000)",
    "deep-objects": "send(REPLY, b'{\"error\":' * 100_000)",
    "a-pickle": "import pickle\nsend(REPLY, pickle.dumps(print))",
    "another-maps-digest": "send(REPLY, json.dumps({'error': None, 'warnings': [], 'artefact_sha256': 'a' * 64}).encode())",
    "another-job": "send(REPLY, json.dumps({'error': None, 'warnings': [], 'id': 1, 'attempt': 1}).encode())",
    "somebody-elses-fault": "send(REPLY, json.dumps({'error': {'type': 'X', 'message': '', 'line': None, 'traceback': '', 'by': 'service'}, 'warnings': []}).encode())",
    "a-reply-too-long": "send(REPLY, b'', length=(1 << 20) + 1)",
    "a-map-of-4-gb": "send(REPLY, FINE)\nsend(HTML, b'', length=(1 << 32) - 1)",
    "more-warnings-than-there-may-be": "send(REPLY, json.dumps({'error': None, 'warnings': ['x'] * 201}).encode())",
    "a-huge-number": "send(REPLY, b'{\"error\": {\"type\": \"X\", \"message\": \"\", \"traceback\": \"\", \"line\": ' + b'9' * 5000 + b'}, \"warnings\": []}')",
    "ten-thousand-frames": "for _ in range(10_000): send(PRINTED, b'x' * 100)",
    "frames-without-end": "while True: send(PRINTED, b'x' * 20)",
    "empty-frames-without-end": "while True: send(PRINTED, b'')",
    "zeros-without-end": "while True: os.write(END, bytes(65536))",
    "noise": "while True: os.write(END, os.urandom(65536))",
}  # fmt: skip

WITH_HALF = {
    "half-a-reply": "send(REPLY, b'half', length=1000)",
    "a-byte-at-a-time": "import time\nfor byte in b'\\3\\0\\0\\xff\\xff' + b' ' * 65535:\n    os.write(END, bytes([byte]))\n    time.sleep(0.1)",
}
WITH_HALF_TOO = {
    "half-a-header": "os.write(END, b'\\3')",
    "a-reply-without-its-map": "send(REPLY, FINE)",
    "half-a-map": "send(REPLY, FINE)\nsend(HTML, b'<html>', length=1 << 20)",
}


@pytest.mark.parametrize("program", FLOODS.values(), ids=FLOODS)
def test_what_is_printed_is_cut(arena: Arena, program: str):
    outcome = arena.attack(f"{program}\n1 / 0", prelude=False)
    assert outcome.error in (("author", "ZeroDivisionError"), ("limit", "TimeLimit"))
    assert len(outcome.output.encode()) <= 4 * MAX_PRINTED
    assert "\0" not in outcome.output


@pytest.mark.parametrize("program", ERRORS.values(), ids=ERRORS)
def test_an_error_is_told_in_bounds(arena: Arena, program: str):
    outcome = arena.attack(program, prelude=False)
    assert outcome.state in {"failed", "timed_out"}
    assert outcome.error[0] in {"author", "limit"}
    assert len(json.dumps(outcome.answer)) < 500_000


def test_warnings_are_told_in_bounds(arena: Arena):
    outcome = arena.attack("""
import warnings
for number in range(5000): warnings.warn(f"{number} " + "x" * 100_000)
for number in range(200): warnings.warn_explicit("x\\0\\ud800", type("Y" * 10_000, (UserWarning,), {}), "map.py", number)
""")
    assert outcome.state == "succeeded"
    assert len(outcome.answer["warnings"]) <= 101
    assert len(json.dumps(outcome.answer)) < 500_000


@pytest.mark.parametrize("attack", PROTOCOL.values(), ids=PROTOCOL)
def test_the_supervisor_takes_no(arena: Arena, attack: str):
    outcome = arena.attack(attack)
    assert outcome.error == ("limit", "OutputLimit")
    assert outcome.answer["artefact"] is None


@pytest.mark.parametrize("attack", [*slow(WITH_HALF_TOO), *WITH_HALF.values()], ids=[*WITH_HALF_TOO, *WITH_HALF])
def test_the_supervisor_waits_no_longer_for_the_rest_of(arena: Arena, attack: str):
    outcome = arena.attack(f"{attack}\nimport time\ntime.sleep(60)")
    assert outcome.error == ("limit", "TimeLimit")
    assert outcome.answer["timings"]["run_seconds"] < RENDER_SECONDS + 1


def test_hanging_up_in_the_middle_is_the_end(arena: Arena):
    outcome = arena.attack(
        "send(REPLY, FINE)\nsend(HTML, b'<html>', length=1 << 20)\nos.close(END)\nimport time\ntime.sleep(60)"
    )
    assert outcome.error == ("author", "ProcessEnded")


def test_a_map_that_it_made_itself_is_its_own_and_ends_it(arena: Arena):
    outcome = arena.attack("send(REPLY, FINE)\nsend(HTML, f'<html>{T.nonce}</html>'.encode())\nwhile True: pass")
    assert outcome.state == "succeeded"
    assert outcome.html.startswith("<html>")
    assert outcome.answer["timings"]["run_seconds"] < RENDER_SECONDS


def test_a_map_of_nothing_is_a_map(arena: Arena):
    outcome = arena.attack("send(REPLY, FINE)\nsend(HTML, b'')\nwhile True: pass")
    assert (outcome.state, outcome.html) == ("succeeded", "")
    assert outcome.answer["timings"]["run_seconds"] < RENDER_SECONDS


def test_an_error_that_it_made_itself_is_its_authors(arena: Arena):
    outcome = arena.attack("""
error = {"type": "ServiceFailure", "message": "The service is broken.", "line": 1, "traceback": ""}
send(REPLY, json.dumps({"error": error, "warnings": []}).encode())
while True: pass
""")
    assert outcome.error == ("author", "ServiceFailure")


def test_a_map_larger_than_it_may_be_is_said_to_be_that(arena: Arena):
    outcome = arena.attack("send(REPLY, FINE)\nsend(HTML, bytes(1 << 20), length=(64 << 20) + 1)")
    assert outcome.error == ("limit", "OutputLimit")
    assert "larger than 64 MiB" in outcome.message


def test_nobody_runs_out_of_descriptors(arena: Arena):
    arena.assert_unharmed()
    before = arena.worker.num_fds()
    for attack in ("send(77, b'')", "os.close(END)", "send(REPLY, b'{}')", "os._exit(0)", "send(HTML, b'')") * 4:
        arena.attack(attack)
    assert arena.worker.num_fds() <= before + 2
