"""Measures the running service: what it adds to a render, how many it gets through, how it answers when it is full.

    python -m tests.load.service_bench

Starts a service of its own as `make demo` does, in a directory of its own, with the map data of XATRA_HOME, and loads it
from this machine. Every figure is of this run alone.
"""
# ruff: noqa: T201 - a benchmark prints

import os
import random
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2 as httpx
from tests.load.circumstances import circumstances

from xatra_standalone.settings import StandaloneSettings

HEAD = "import xatra\nfrom xatra import gadm\nfrom xatra import territory_library as lib\n"
INDIA = 'xatra.Flag("India", gadm("IND"))'
PROGRAMS = {
    'gadm("IND")': (INDIA, 10),
    "ten flags": (
        """
for name in "BURMA BENGAL IRAN GUJARAT TERAI TAMIL GANGETIC SINDH SIMHALA KALINGA".split():
    xatra.Flag(name, getattr(lib, name))
""",
        8,
    ),
    "India, level 2": ('xatra.Admin("IND", level=2)', 4),
}
OVERHEAD_RENDERS = 200
SERVICE_SECONDS = 8
LIBRARY_RENDERS = 6
FULL_SECONDS = 15
READS_PER_SECOND = 50
FLOODERS = 10  # at ten answers a second each, against a queue that moves a fifth of a render a second and slot
API = "/xatra/api"
WAIT = {"Prefer": "wait=30"}


def main() -> None:
    data_home = StandaloneSettings().map_data
    with tempfile.TemporaryDirectory(prefix="xatra-bench-", dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        with running_service(Path(folder, "home"), data_home) as (url, slots):
            print(f"{circumstances()}, {slots} slot{'s' * (slots != 1)}\n")
            print(f"{'what':58}{'measured':>22}{'target':>18}")
            with httpx.Client(base_url=url, timeout=60) as client:
                overhead(client)
                known(client)
            throughput(url, data_home, slots, Path(folder))
            reads_when_full(url)


@contextmanager
def running_service(home: Path, data_home: Path) -> Iterator[tuple[str, int]]:
    home.mkdir()
    (home / "map-data").symlink_to(data_home)
    if (programs := data_home.parent / "programs").is_dir():  # else the service fetches its own
        shutil.copytree(programs, home / "programs")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    settings = StandaloneSettings()
    environment = {**os.environ, "XATRA_HOME": str(home), "XATRA_PORT": str(port)}
    with (home / "log").open("wb") as log:
        service = subprocess.Popen(
            [sys.executable, "-m", "xatra_standalone", "serve"], env=environment, stdout=log, stderr=log
        )
    url = f"http://127.0.0.1:{port}"
    try:
        while b"sample maps are" not in (home / "log").read_bytes():
            if service.poll() is not None:
                raise SystemExit((home / "log").read_text())
            time.sleep(0.2)
        with httpx.Client(base_url=url, timeout=60) as client:
            while sample_waits(client):  # for the slot that is to be measured
                time.sleep(0.2)
        yield url, settings.slots
    finally:
        service.send_signal(signal.SIGINT)
        service.wait(60)


def sample_waits(client: httpx.Client) -> bool:
    """Tell whether a sample map is still to be rendered."""
    works = client.get(f"{API}/users/samples/works").raise_for_status().json()["works"]
    latest = [
        client.get(f"{API}/hub/map/{work['name']}/versions/latest").raise_for_status().json()["artefact"]
        for work in works
        if work["kind"] == "map"
    ]
    return any(artefact["state"] == "pending" for artefact in latest)


def program(body: str, number: object) -> str:
    return f'{HEAD}{body}\nxatra.TitleBox("{number}")\n'


def render(client: httpx.Client, source: str) -> dict[str, Any]:
    answer = client.post(f"{API}/renders", json={"program": source}, headers=WAIT).raise_for_status().json()
    assert answer["state"] == "succeeded", answer
    return answer


def overhead(client: httpx.Client) -> None:
    added, bare = [], []
    for number in range(OVERHEAD_RENDERS):
        begun = time.perf_counter()
        answer = render(client, program(INDIA, number))
        with client.stream("GET", answer["artefact"]["url"]) as download:
            for _ in download.raise_for_status().iter_raw():  # as stored: what a browser unpacks is not our time
                pass
        whole = time.perf_counter() - begun
        bare.append(answer["timings"]["run_seconds"])
        added.append(whole - bare[-1])
    row("added to a render of a small map, p50", milliseconds(statistics.median(added)), "<= 15 ms")
    row("added to a render of a small map, p99", milliseconds(percentile(added, 99)), "<= 60 ms")
    row("  the render itself in its warm forked child, p50", milliseconds(statistics.median(bare)), "")


def known(client: httpx.Client) -> None:
    answer = render(client, program(INDIA, 0))
    url = answer["artefact"]["url"]
    tag = client.get(url).headers["ETag"]
    row("an identical render again, p50", p50(lambda: render(client, program(INDIA, 0))), "<= 8 ms")
    row("artefact, 304, p50", p50(lambda: client.get(url, headers={"If-None-Match": tag})), "")
    row("artefact, 0.24 MB gzip as stored, p50", p50(lambda: client.get(url)), "")


def throughput(url: str, data_home: Path, slots: int, folder: Path) -> None:
    home = folder / "library"
    shutil.copytree(data_home / ".xatra" / "data", home / ".xatra" / "data")
    (home / ".xatra" / "cache").mkdir()
    for name, (body, target) in PROGRAMS.items():
        ours = service_rate(url, body, slots)
        theirs = library_rate(body, home, slots)
        row(
            f"renders/s against a process per render, {name}",
            f"{ours:.1f} / {theirs:.2f} = {ours / theirs:.0f}x",
            f">= {target}x",
        )


def service_rate(url: str, body: str, slots: int) -> float:
    salt = random.random()
    begun = time.perf_counter()

    def work(worker: int) -> int:
        done = 0
        with httpx.Client(base_url=url, timeout=60) as client:
            while time.perf_counter() - begun < SERVICE_SECONDS:
                render(client, program(body, f"{salt} {worker} {done}"))
                done += 1
        return done

    with ThreadPoolExecutor(2 * slots) as threads:  # one waits while one renders: the slot is never idle
        done = sum(threads.map(work, range(2 * slots)))
    return done / (time.perf_counter() - begun)


def library_rate(body: str, home: Path, slots: int) -> float:
    (home / "map.py").write_text(f"{HEAD}{body}\nxatra.show()\n")
    environment = {"HOME": str(home), "MPLCONFIGDIR": str(home / "matplotlib"), "OPENBLAS_NUM_THREADS": "1"}

    def once(_number: int) -> None:
        subprocess.run([sys.executable, "map.py"], env=environment, cwd=home, check=True)

    once(0)  # fills the library's caches
    begun = time.perf_counter()
    with ThreadPoolExecutor(slots) as threads:
        list(threads.map(once, range(LIBRARY_RENDERS)))
    return LIBRARY_RENDERS / (time.perf_counter() - begun)


def reads_when_full(url: str) -> None:
    """Read at a fixed pace while others ask for far more renders than the queue holds."""
    latencies: list[float] = []
    statuses: Counter[int] = Counter()
    flood = subprocess.Popen(
        [sys.executable, "-m", "tests.load.service_bench", "flood", url], stdout=subprocess.PIPE, text=True
    )
    assert flood.stdout
    assert flood.stdout.readline() == "full\n"
    with httpx.Client(base_url=url, timeout=60) as client:
        known_render = render_id(client)
        begun = time.perf_counter()
        for tick in range(FULL_SECONDS * READS_PER_SECOND):
            due = begun + tick / READS_PER_SECOND
            time.sleep(max(0.0, due - time.perf_counter()))
            answer = client.get((f"{API}/health", f"{API}/renders/{known_render}", f"{API}/files")[tick % 3])
            latencies.append(time.perf_counter() - due)  # from when it was due: a slow answer delays those behind
            statuses[answer.status_code] += 1
    flood.terminate()
    asked = Counter(map(int, flood.stdout.read().split()))
    row("reads while the queue is full, p50", milliseconds(statistics.median(latencies)), "")
    row("reads while the queue is full, p99", milliseconds(percentile(latencies, 99)), "<= 100 ms")
    row("  statuses of reads; of renders asked for meanwhile", f"{dict(statuses)}; {dict(asked)}", "no 5xx but 503")


def flood(url: str) -> None:
    """Ask for renders from all sides until terminated; say when the queue is full, then every answer's status."""
    statuses: list[int] = []
    salt = random.random()
    ending = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ending.set())

    def ask(worker: int) -> None:
        with httpx.Client(base_url=url, timeout=60) as client:
            while not ending.is_set():
                source = f"import time\ntime.sleep(5)\n# {salt} {worker} {len(statuses)}"
                statuses.append(client.post(f"{API}/renders", json={"program": source}).status_code)
                if statuses[-1] != 202:
                    time.sleep(0.1)

    with ThreadPoolExecutor(FLOODERS) as threads:
        asking = [threads.submit(ask, worker) for worker in range(FLOODERS)]
        while not {429, 503} & set(statuses):
            time.sleep(0.1)
        statuses.clear()
        print("full", flush=True)
        ending.wait()
    for done in asking:
        done.result()
    print(*statuses)


def render_id(client: httpx.Client) -> str:
    return str(render(client, program(INDIA, 0))["id"])


def p50(act: Callable[[], object], times: int = 200) -> str:
    seconds = []
    for _ in range(times):
        begun = time.perf_counter()
        act()
        seconds.append(time.perf_counter() - begun)
    return milliseconds(statistics.median(seconds))


def percentile(values: list[float], percent: int) -> float:
    return statistics.quantiles(values, n=100)[percent - 1]


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


def row(what: str, measured: str, target: str) -> None:
    print(f"{what:58}{measured:>22}{target:>18}", flush=True)


if __name__ == "__main__":
    flood(sys.argv[2]) if sys.argv[1:2] == ["flood"] else main()
