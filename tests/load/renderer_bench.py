"""Measures a render in a fork of a warm process against a process per render with the library as it is.

    python -m tests.load.renderer_bench [DATA_HOME]

Both render the same programs, one at a time. The library's own caches are warm, in a copy of the map data; ours starts
from the geometry store of the data directory, which is built where there is none.
"""
# ruff: noqa: T201 - a benchmark prints

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import orjson
from tests.load.circumstances import circumstances

from xatra_render_worker.renderer.store import build_store, open_store
from xatra_standalone.settings import StandaloneSettings

HEAD = "import xatra\nfrom xatra import gadm\nfrom xatra import territory_library as lib\n"
PROGRAMS = {
    'gadm("IND")': 'xatra.Flag("India", gadm("IND"))',
    "ten flags, algebra of the collection": """
for name in "BURMA BENGAL IRAN GUJARAT TERAI TAMIL GANGETIC SINDH SIMHALA KALINGA".split():
    xatra.Flag(name, getattr(lib, name))
""",
    "ten flags, algebra of the program": """
xatra.Flag("Rest", gadm("IND") - gadm("IND.12") - gadm("IND.31"))
xatra.Flag("Pakistan", gadm("PAK"))
xatra.Flag("Indus", gadm("PAK.7") | gadm("PAK.8") | gadm("IND.28"))
xatra.Flag("Box", gadm("IND") & xatra.polygon([[20, 70], [20, 80], [30, 80], [30, 70]]))
xatra.Flag("Nepal", gadm("NPL"))
xatra.Flag("Bangladesh", gadm("BGD"))
xatra.Flag("Terai", lib.TERAI_HP)
xatra.Flag("Kashmir", lib.KASHMIR_MISC)
xatra.Flag("Lanka", gadm("LKA") | gadm("IND.31"))
xatra.Flag("Burma", gadm("MMR") - gadm("MMR.12"))
""",
    "India, level 2": 'xatra.Admin("IND", level=2)',
    "all rivers": "xatra.AdminRivers()",
}
WARM_RENDERS = 25
LIBRARY_RENDERS = 7
PRELOAD_BYTES = 256 << 20


def main() -> None:
    if sys.argv[1:] == ["--warm"]:
        serve()
        return
    data_home = Path(sys.argv[1]).resolve() if sys.argv[1:] else StandaloneSettings().map_data
    if open_store(data_home) is None:
        build_store(data_home, lambda _label, _done, _total: None)
    with tempfile.TemporaryDirectory() as folder:
        ours = measure_ours(data_home, Path(folder))
        theirs = measure_library(data_home, Path(folder))
    print(circumstances())
    print(f"warm-up: {ours['report']}\n")
    print(f"{'p50 of one render':38}{'library':>10}{'ours':>10}{'ratio':>8}{'render()':>10}{'private':>10}{'page':>9}")
    for name in PROGRAMS:
        of_library, of_ours = statistics.median(theirs[name]), statistics.median(ours[name]["whole"])
        print(
            f"{name:38}{of_library * 1e3:7.0f} ms{of_ours * 1e3:7.1f} ms{of_library / of_ours:7.1f}x"
            f"{statistics.median(ours[name]['render']) * 1e3:7.1f} ms{max(ours[name]['private']) / 1e6:7.1f} MB"
            f"{ours[name]['bytes'] / 1e6:6.2f} MB"
        )


def environment(home: Path, folder: Path, *, caching: bool) -> dict[str, str]:
    return {
        "HOME": str(home),
        "CACHING": str(int(caching)),
        "MPLCONFIGDIR": str(folder / "matplotlib"),
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "PYTHONHASHSEED": "0",
    }


def measure_ours(data_home: Path, folder: Path) -> dict[str, Any]:
    result = subprocess.run(
        [sys.executable, "-m", "tests.load.renderer_bench", "--warm"],
        env=environment(data_home, folder, caching=False) | {"PYTHONPATH": str(Path(__file__).parents[2])},
        cwd=folder,
        check=True,
        stdout=subprocess.PIPE,
    )
    measured: dict[str, Any] = orjson.loads(result.stdout)
    return measured


def measure_library(data_home: Path, folder: Path) -> dict[str, list[float]]:
    home = folder / "library"
    shutil.copytree(data_home / ".xatra" / "data", home / ".xatra" / "data")
    (home / ".xatra" / "cache").mkdir()
    measured: dict[str, list[float]] = {}
    for name, body in PROGRAMS.items():
        (folder / "map.py").write_text(f"{HEAD}{body}\nxatra.show()\n")
        seconds = []
        for _ in range(LIBRARY_RENDERS + 1):
            begun = time.perf_counter()
            command = [sys.executable, "map.py"]
            subprocess.run(command, env=environment(home, folder, caching=True), cwd=folder, check=True)
            seconds.append(time.perf_counter() - begun)
        measured[name] = seconds[1:]  # the first fills the library's caches
    return measured


def serve() -> None:
    """Be the warm process: measure every program, each render in a fork, and print what was measured as JSON."""
    import gc  # noqa: PLC0415 - the library may be imported in this process alone

    from xatra_render_worker.renderer.warm import warm_up  # noqa: PLC0415

    measured: dict[str, Any] = {"report": str(warm_up(Path.home(), PRELOAD_BYTES))}
    gc.collect()
    gc.freeze()
    for name, body in PROGRAMS.items():
        renders = [render_in_fork(f"{HEAD}{body}\nxatra.show()\n") for _ in range(WARM_RENDERS)]
        measured[name] = {key: [render[key] for render in renders] for key in ("whole", "render", "private")}
        measured[name]["bytes"] = renders[0]["bytes"]
    print(orjson.dumps(measured).decode())


def render_in_fork(program: str) -> dict[str, float]:
    """Render in a fork; `whole` is from before the fork until its page is here and the fork is gone."""
    from xatra_render_worker.renderer.program import render  # noqa: PLC0415

    begun = time.perf_counter()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        started = time.perf_counter()
        html = render(program, {}, lambda _text: None).html
        seconds = time.perf_counter() - started
        send(writing, html + orjson.dumps((seconds, private_bytes())).rjust(100))
        os._exit(0)
    os.close(writing)
    with open(reading, "rb") as pipe:  # noqa: PTH123 - a descriptor
        answer = pipe.read()
    os.waitpid(child, 0)
    whole = time.perf_counter() - begun
    seconds, private = orjson.loads(answer[-100:])
    return {"whole": whole, "render": seconds, "private": private, "bytes": len(answer) - 100}


def send(descriptor: int, content: bytes) -> None:
    left = memoryview(content)
    while left:
        left = left[os.write(descriptor, left) :]


def private_bytes() -> int:
    """Return the memory that this process shares with no other."""
    rollup = Path("/proc/self/smaps_rollup").read_text(encoding="ascii")
    kilobytes = (int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Private_"))
    return sum(kilobytes) * 1024


if __name__ == "__main__":
    main()
