"""Whatever a program does to use more memory or time than it may, it ends in time, and says why."""

import pytest
from tests.render_worker.hostile.arena import RENDER_SECONDS, Arena, slow

OUT_OF_MEMORY = ("limit", "MemoryError")
OUT_OF_TIME = ("limit", "TimeLimit")
OUT_OF_PROCESSOR = ("limit", "CpuLimit")
CRASHED = ("limit", "ProcessEnded")
ENDED_ITSELF = ("author", "ProcessEnded")

MEMORY = {
    "one-array": "bytearray(10 << 30)",
    "many-arrays": "kept = []\nwhile True: kept.append(bytearray(1 << 20))",
    "one-list": "kept = [0] * (1 << 40)",
    "a-growing-list": "kept = [0]\nwhile True: kept *= 2",
    "a-range": "kept = list(range(10 ** 12))",
    "a-long-text": "'x' * (1 << 40)",
    "a-growing-text": "kept = 'x'\nwhile True: kept += kept",
    "a-wide-format": "f'{1:>{1 << 40}}'",
    "a-template": "'%*d' % (1 << 34, 1)",
    "a-dictionary": "kept = {}\nwhile True: kept[len(kept)] = bytearray(1 << 16)",
    "a-cycle-without-collection": """
import gc
gc.disable()
while True:
    kept = [bytearray(1 << 20)]
    kept.append(kept)
""",
    "catching-its-end": """
kept = []
while True:
    try:
        while True: kept.append(bytearray(1 << 16))
    except MemoryError:
        kept.append(kept[:])
        if len(kept) > 1e9: break
        raise
""",
    "arrays-of-numbers": "import numpy\nnumpy.ones(10 << 30)",
    "untouched-arrays-of-numbers": "import numpy\nkept = [numpy.zeros(1 << 27) for _ in range(100)]",
    "a-table": "import pandas\npandas.DataFrame(range(100_000)).merge(pandas.DataFrame(range(100_000)), how='cross')",
    "a-geometry": "import shapely\nkept = shapely.Point(0, 0).buffer(1, quad_segs=1 << 28)",
    "own-memory": "import mmap\nkept = mmap.mmap(-1, 10 << 30)",
    "own-pieces": """
import mmap
kept = []
while True:
    kept.append(mmap.mmap(-1, 16 << 20))
    kept[-1].write(bytes(16 << 20))
""",
    "private-pieces": """
import mmap
kept = []
while True:
    kept.append(mmap.mmap(-1, 16 << 20, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS))
    kept[-1].write(bytes(16 << 20))
""",
    "files-in-memory": """
import io
kept = io.BytesIO()
while True: kept.write(bytes(1 << 20))
""",
    "text-to-parse": "import json\njson.loads('[' + '[],' * (1 << 28) + '[]]')",
}

TIME = {
    "spinning": ("while True: pass", {OUT_OF_TIME}),
    "sleeping": ("import time\ntime.sleep(3600)", {OUT_OF_TIME}),
    "a-large-power": ("10 ** 10 ** 10", {OUT_OF_TIME, OUT_OF_MEMORY}),
    "a-pattern-that-blows-up": ("import re\nre.match('(a+)+b', 'a' * 60)", {OUT_OF_TIME}),
    "catching-everything": (
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
        {OUT_OF_TIME},
    ),
    "deaf-to-signals": (
        (
            "import signal\n"
            "for number in signal.valid_signals() - {9, 19}: signal.signal(number, lambda *_: None)\n"
            "signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())\n"
            "while True: pass"
        ),
        {OUT_OF_TIME},
    ),
    "deaf-to-the-processors-limit": (
        (
            "import hashlib, signal, threading\n"
            "signal.signal(signal.SIGXCPU, signal.SIG_IGN)\n"
            "spin = lambda: hashlib.pbkdf2_hmac('sha256', b'x', b'x', 10 ** 9)\n"
            "threads = [threading.Thread(target=spin) for _ in range(8)]\n"
            "for thread in threads: thread.start()\n"
            "for thread in threads: thread.join()"
        ),
        {OUT_OF_TIME, OUT_OF_PROCESSOR},
    ),
    "finalisers-without-end": (
        "class Again:\n    def __del__(self): Again()\nAgain()\nimport gc\nwhile True: gc.collect()",
        {OUT_OF_TIME},
    ),
    "an-error-that-never-says-what": (
        "class Silent(Exception):\n    def __str__(self):\n        while True: pass\nraise Silent",
        {OUT_OF_TIME},
    ),
    "a-thread-that-outlives-its-main-one": (
        (
            "import threading, time\n"
            "def spin():\n    while True: pass\n"
            "threading.Thread(target=spin).start()\n"
            "time.sleep(0.1)\n"
            "raw('exit', 0)"
        ),
        {OUT_OF_TIME},
    ),
}
TIME_TOO = {
    "waiting-for-a-lock": ("import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()", {OUT_OF_TIME}),
    "waiting-for-a-signal": ("import signal\nsignal.pause()", {OUT_OF_TIME}),
    "a-finaliser-that-stays": (
        "class Stay:\n    def __del__(self):\n        while True: pass\nStay()",
        {OUT_OF_TIME},
    ),
    "a-warning-that-never-says-what": (
        "class Silent(UserWarning):\n    def __str__(self):\n        while True: pass\nimport warnings\nwarnings.warn(Silent())",
        {OUT_OF_TIME},
    ),
    "reading-where-nobody-writes": ("os.read(END, 1)", {OUT_OF_TIME}),
    "generators-without-end": ("sum(1 for _ in iter(int, 1))", {OUT_OF_TIME}),
    "a-trace": (
        "import sys\ndef trace(*_):\n    while True: pass\nsys.settrace(trace)\n(lambda: 1)()",
        {OUT_OF_TIME},
    ),
}

CRASHES = {
    "nothing-there": "ctypes.string_at(0)",
    "writing-to-nothing": "ctypes.memset(0, 1, 1)",
    "abort": "LIBC.abort()",
    "a-wild-jump": "ctypes.CFUNCTYPE(None)(0xdead0000)()",
    "freeing-twice": "LIBC.malloc.restype = ctypes.c_void_p\nblock = ctypes.c_void_p(LIBC.malloc(64))\nfor _ in range(9): LIBC.free(block)",
    "an-illegal-instruction": """
import mmap
code = mmap.mmap(-1, 4096, prot=7)
code.write(bytes.fromhex("0f0b") + bytes(4))
ctypes.CFUNCTYPE(None)(ctypes.addressof(ctypes.c_char.from_buffer(code)))()
""",
    "pulling-its-own-memory-away": "raw('munmap', id(os) & ~4095, 1 << 20)",
    "shredding-its-own-heap": "for n in range(1 << 20): ctypes.memset(id(os) & ~0xfff, n & 255, 1 << 16)",
    "recursion-in-c": "import sys\nsys.setrecursionlimit(10 ** 9)\nx = []\nfor _ in range(10 ** 6): x = [x]\nrepr(x)",
    "faulthandler": "import faulthandler\nfaulthandler._sigsegv()",
    "a-stack-overflow": "import faulthandler\nfaulthandler._stack_overflow()",
    "a-fatal-error": "ctypes.pythonapi.Py_FatalError(b'x')",
}

LEAVING = {
    "os._exit": "os._exit(0)",
    "os._exit-with-an-error": "os._exit(77)",
    "os.abort": "os.abort()",
    "exit-of-c": "LIBC.exit(0)",
    "_exit-of-c": "LIBC._exit(0)",
    "raw-exit": "raw('exit_group', 0)",
    "raw-exit-of-the-only-thread": "raw('exit', 0)",
    "from-a-thread": "import threading\nthreading.Thread(target=os._exit, args=(0,)).start()\nwhile True: pass",
    "quietly": "os.closerange(0, 64)",
}


@pytest.mark.parametrize("program", MEMORY.values(), ids=MEMORY)
def test_memory_beyond_the_limit_is_said_to_be_that(arena: Arena, program: str):
    outcome = arena.attack(program, prelude=False)
    assert outcome.error in (OUT_OF_MEMORY, OUT_OF_TIME, ("author", "OSError"))  # some need longer than they may
    assert "memory" in outcome.message or f"after {RENDER_SECONDS} s" in outcome.message


@pytest.mark.parametrize(("program", "ends"), [*TIME.values(), *slow(TIME_TOO)], ids=[*TIME, *TIME_TOO])
def test_no_program_outlives_its_time_by(arena: Arena, program: str, ends: set[tuple[str, str]]):
    outcome = arena.attack(program)
    assert outcome.error in ends
    assert outcome.answer["timings"]["run_seconds"] < RENDER_SECONDS + 2


@pytest.mark.parametrize("program", CRASHES.values(), ids=CRASHES)
def test_a_crash_is_the_programs_own(arena: Arena, program: str):
    outcome = arena.attack(program)
    assert outcome.error in (CRASHED, ENDED_ITSELF, OUT_OF_MEMORY, ("author", "RecursionError"))


@pytest.mark.parametrize("program", LEAVING.values(), ids=LEAVING)
def test_leaving_without_a_map_is_said_to_be_that(arena: Arena, program: str):
    outcome = arena.attack(program)
    assert outcome.error in (ENDED_ITSELF, CRASHED)


@pytest.mark.parametrize(
    "program",
    [
        "import atexit, time\natexit.register(time.sleep, 3600)",
        "import atexit\natexit.register(lambda: atexit._run_exitfuncs())",
        "import threading, time\nthreading.Thread(target=time.sleep, args=(3600,)).start()",
        "class Stay:\n    def __del__(self):\n        while True: pass\nstay = Stay()",
        "import weakref\nclass Gone: pass\ngone = Gone()\nweakref.finalize(gone, lambda: [None for _ in iter(int, 1)])",
        "import sys, time\nsys.excepthook = sys.unraisablehook = sys.exitfunc = lambda *_: time.sleep(3600)",
        "import faulthandler\nfaulthandler.enable(2)\nfaulthandler.dump_traceback_later(0.01, repeat=True, file=2)",
        "import gc, time\ngc.callbacks.append(lambda phase, info: info['generation'] > 9 and time.sleep(3600))",
    ],
    ids=[
        "at-exit", "at-exit-again", "in-a-thread", "in-a-finaliser", "in-a-weak-reference", "in-hooks", "in-a-watchdog",
        "in-collections",
    ],
)  # fmt: skip
def test_what_waits_for_the_end_is_not_waited_for(arena: Arena, program: str):
    outcome = arena.attack(program)
    assert outcome.state == "succeeded"
    assert outcome.answer["timings"]["run_seconds"] < RENDER_SECONDS


@pytest.mark.parametrize(
    "program",
    [
        "def again(): again()\nagain()",
        "import sys\nsys.setrecursionlimit(10 ** 9)\ndef again(): again()\nagain()",
        "class Again:\n    def __getattr__(self, name): return getattr(self, name + 'x')\nAgain().x",
        "import json\njson.loads('[' * 100_000)",
        "import copy\nx = []\nfor _ in range(100_000): x = [x]\ncopy.deepcopy(x)",
        "import ast\nast.literal_eval('(' * 100 + '1' + ',)' * 100)\neval('-' * 10_000 + '1')",
    ],
    ids=["plain", "without-a-limit", "of-attributes", "of-brackets", "of-copies", "of-the-parser"],
)
def test_recursion_without_end_ends(arena: Arena, program: str):
    outcome = arena.attack(program, prelude=False)
    assert outcome.error in (("author", "RecursionError"), OUT_OF_MEMORY, OUT_OF_TIME, CRASHED)
