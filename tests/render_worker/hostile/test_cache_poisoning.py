"""Nothing that a program does to its process, to libraries or to caches is seen by the next render.

Every attack is followed by the render of a map that uses what was attacked, and whose page must be what it was.
"""

import pytest
from tests.render_worker.hostile.arena import Arena

PATCHES = {
    "built-in-functions": """
import builtins
for name in ("len", "sorted", "str", "list", "range", "isinstance", "max", "sum"):
    setattr(builtins, name, lambda *_, **__: "owned")
""",
    "built-in-open": "import builtins, io\nbuiltins.open = io.open = lambda *_, **__: io.StringIO('owned')",
    "imports": "import builtins\nbuiltins.__import__ = lambda *_, **__: 1 / 0",
    "modules": """
import sys, types
for name in list(sys.modules):
    if name.split(".")[0] in {"xatra", "shapely", "numpy", "pandas", "orjson", "json", "jinja2"}:
        sys.modules[name] = types.ModuleType(name)
""",
    "the-map-library": """
import xatra
from xatra import flagmap, loaders, territory
loaders.gadm = territory.Territory.from_gadm = flagmap.Map.Flag = lambda *_, **__: None
flagmap.HTML_TEMPLATE = "owned"
""",
    "its-template": """
import jinja2
jinja2.Template.render = jinja2.Environment.from_string = lambda *_, **__: "owned"
""",
    "our-renderer": """
from xatra_render_worker.renderer import page, program, territories, units
page.render_page = lambda *_: b"owned"
territories.geometries.area = lambda *_: None
units.level_of = lambda *_: None
units.features_of = lambda *_: ()
""",
    "our-pool": """
from xatra_render_worker.pool import child, frames
frames.send = frames.receive = lambda *_: b"{}"
child.render = lambda *_: 1 / 0
""",
    "our-sandbox": """
from xatra_render_worker.sandbox import cell, kernel, landlock, limits, seccomp
seccomp.restrict_self = landlock.restrict_self = kernel.gain_no_privileges = lambda *_: None
limits.apply_for_job = lambda **_: None
cell.Cell.enter = lambda *_: None
""",
    "geometry": """
import shapely
shapely.union_all = shapely.Point = lambda *_, **__: None
shapely.lib.union = shapely.lib.buffer = None
""",
    "numbers": "import numpy\nnumpy.seterr(all='raise')\nnumpy.linspace = lambda *_: [0, 0]\nnumpy.random.seed(1)",
    "tables": "import pandas\npandas.DataFrame.__init__ = lambda *_: None\npandas.set_option('display.precision', 1)",
    "json": "import json, orjson\njson.dumps = orjson.dumps = json.loads = orjson.loads = lambda *_, **__: b'owned'",
    "chance-and-time": "import random, time\nrandom.seed(1)\ntime.time = time.monotonic = lambda: 0",
    "settings-of-the-process": """
import decimal, locale, os, sys, warnings
decimal.getcontext().prec = 1
os.umask(0o777)
os.environ.update(HOME="/tmp", CACHING="1", TZ="Asia/Kolkata", PYTHONPATH="/tmp")
sys.path[:] = ["/tmp"]
sys.setrecursionlimit(100_000)
sys.set_int_max_str_digits(0)
warnings.simplefilter("error")
""",
    "hooks": """
import sys, gc, threading
sys.addaudithook(lambda *_: None)
sys.meta_path.clear()
sys.path_hooks.clear()
sys.path_importer_cache.clear()
sys.setswitchinterval(100)
gc.callbacks.append(lambda *_: None)
gc.set_threshold(1)
threading.settrace(lambda *_: None)
""",
    "weak-references": """
import gc, weakref
kept = [weakref.ref(thing, lambda _: print("owned")) for thing in gc.get_objects() if hasattr(thing, "__weakref__")][:9999]
gc.unfreeze()
gc.collect()
""",
    "all-that-lives": """
import gc
gc.unfreeze()
for thing in gc.get_objects():
    if type(thing) is dict and thing is not globals() and "__builtins__" not in thing and len(thing) > 5000:
        thing.clear()
    elif type(thing) is list and len(thing) > 5000:
        thing.clear()
""",
}

SHARED_PAGES = {
    "small-numbers": "ctypes.memset(id(1) + 24, 7, 1)",
    "interned-texts": "ctypes.memmove(id('xatra') + 40, b'owned', 5)",
    "code": """
code = json.dumps.__code__
ctypes.memset(id(code.co_code) + 32, 0, 8)
json.dumps.__code__ = json.loads.__code__
""",
    "types": """
ctypes.pythonapi.PyType_Modified.argtypes = [ctypes.py_object]
import gc
gc.get_referents(str.__dict__)[0]["upper"] = lambda _: "owned"
ctypes.pythonapi.PyType_Modified(str)
""",
    "true-and-false": "ctypes.memmove(id(False), bytes(ctypes.string_at(id(True), 28)), 28)",
    "machine-code-of-libraries": """
start = ctypes.cast(LIBC.getpid, ctypes.c_void_p).value
raw("mprotect", start & ~4095, 8192, 7)
ctypes.memmove(start, bytes.fromhex("b82a000000c3"), 6)
print("owned", LIBC.getpid())
""",
    "the-symbols-of-libraries": "ctypes.c_void_p.in_dll(LIBC, '__free_hook' if hasattr(LIBC, '__free_hook') else 'environ').value = 0",
    "geometry-in-memory": """
from xatra.loaders import gadm
import gc, shapely
gc.unfreeze()
for thing in [thing for thing in gc.get_objects() if isinstance(thing, (bytearray, list))]:
    if len(thing) > 100: thing[:] = type(thing)(len(thing)) if isinstance(thing, bytearray) else []
""",
}

WRITES = """
    open(__import__("shapely").__file__, "a")
    os.open(__import__("json").__file__, os.O_RDWR)
    os.open(__import__("importlib.util").util.cache_from_source(__import__("json").__file__), os.O_RDWR)
    __import__("py_compile").compile(__import__("json").__file__, doraise=True)
    __import__("compileall").compile_file(__import__("json").__file__, force=True, quiet=2) or checked(-1)
    os.open(os.path.join(os.path.dirname(__import__("xatra").__file__), "owned.py"), os.O_CREAT | os.O_WRONLY)
    os.open(os.path.join(os.path.dirname(os.path.dirname(__import__("xatra").__file__)), "owned.pth"), os.O_CREAT | os.O_WRONLY)
    os.open(os.path.join(os.path.dirname(__import__("json").__file__), "..", "sitecustomize.py"), os.O_CREAT | os.O_WRONLY)
    os.open(os.path.join(os.path.dirname(__import__("xatra_render_worker").__file__), "owned.py"), os.O_CREAT | os.O_WRONLY)
    os.mkdir(os.path.join(os.path.dirname(__import__("json").__file__), "owned"))
    open(os.path.expanduser("~/.xatra/cache/0000000000000000.pkl"), "wb")
    open(os.path.expanduser("~/.xatra/data/gadm/gadm41_BTN_1.pickle"), "wb")
    open(os.path.expanduser("~/.xatra/data/gadm/gadm41_BTN_1.json"), "r+")
    os.rename(os.path.expanduser("~/.xatra/data/gadm/gadm41_BTN_1.json"), os.path.expanduser("~/.xatra/data/gadm/gadm41_BTN_9.json"))
    os.unlink(os.path.expanduser("~/.xatra/data/gadm/gadm41_BTN_1.json"))
    open(os.path.join(os.environ["MPLCONFIGDIR"], "fontlist-v390.json"), "w")
    os.unlink(os.path.join(os.environ["MPLCONFIGDIR"], "fontlist-v390.json"))
    open("xatra.py", "x")
    open("/proc/self/cwd/json.py", "x")
    __import__("mmap").mmap(os.open(__import__("_json").__file__, os.O_RDONLY), 0, flags=1, prot=3)
    raw("mmap", 0, 4096, 3, 1, os.open(__import__("_json").__file__, os.O_RDONLY), 0)
    __import__("shutil").copytree(os.path.expanduser("~/.xatra/data/gadm"), "/dev/shm/owned")
    """


@pytest.mark.parametrize("program", PATCHES.values(), ids=PATCHES)
def test_the_next_render_knows_nothing_of_patched(arena: Arena, program: str):
    assert arena.attack(program, prelude=False).state in {"failed", "succeeded"}


@pytest.mark.parametrize("program", SHARED_PAGES.values(), ids=SHARED_PAGES)
def test_the_next_render_shares_no_page_with_overwritten(arena: Arena, program: str):
    assert arena.attack(program).state in {"failed", "succeeded", "timed_out"}


def test_nothing_is_left_for_the_next_render_to_read(arena: Arena):
    assert arena.try_all(WRITES).got == {}


def test_the_next_render_does_not_find_the_last_ones_names(arena: Arena):
    left = arena.attack(
        "import builtins, sys\nbuiltins.left = sys.left = os.environ['LEFT'] = 'owned'\nprint(os.getpid())"
    )
    found = arena.try_all("""
        __import__("builtins").left
        __import__("sys").left
        os.environ["LEFT"]
        """)
    assert found.got == {}
    assert arena.attack("print(os.getpid())").output != left.output


def test_what_failed_does_not_fail_for_others(arena: Arena):
    """A limit that one program met is not kept for who asks again: only an author's own error is."""
    program = f"# {arena.canaries.file[:8]}\nx = bytearray(10 << 30)"
    answers = [arena.ask(program).json() for _ in range(2)]
    assert [answer["error"]["type"] for answer in answers] == ["MemoryError"] * 2
    assert not answers[1]["cached"]
    arena.assert_unharmed()
