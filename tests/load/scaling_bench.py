"""Measures what bounds the service beyond one machine: the queue in PostgreSQL, events in Redis, reads of maps, disk.

    python -m tests.load.scaling_bench [RENDERS]

Starts PostgreSQL (which keeps what it says, fsync and all) and Redis of its own and an api, and asks them by the
statements that the services use. What it starts shares the machine with what asks, so that figures are lower bounds.
"""
# ruff: noqa: T201 - a benchmark prints

import gzip
import hashlib
import multiprocessing
import os
import random
import secrets
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import httpx2 as httpx
import psutil
import redis
from sqlalchemy import Engine, create_engine, text
from tests.load.circumstances import circumstances
from tests.load.serving import serving

from xatra_render_worker.data.progress import silent
from xatra_shared.artifacts.store import open_store
from xatra_shared.database.grants import OWNER, login_of
from xatra_shared.database.migrate import upgrade
from xatra_shared.database.roles import LOGINS, ensure_roles
from xatra_shared.queue import admission, claim_repository, events
from xatra_shared.queue.model import Asker, Limits, Origin, RenderRequest, Result, State
from xatra_shared.queue.model import Engine as RenderEngine
from xatra_shared.queue.redis_users import EVENTS_CHANNEL, REDIS_USERS
from xatra_shared.servers.postgres import make_private_directory
from xatra_shared.servers.process import give_to_server, start, stop
from xatra_standalone.embedded.postgres import Postgres
from xatra_standalone.embedded.redis import Redis, install_redis

RENDERS = 20_000
CLAIM_SECONDS = 10
CLAIMERS = {200: (1, 8, 32), 20: (1, 8)}  # by renders queued: QUEUE_CAPACITY by default, and an ordinary hour
CALLERS = 50
LIFE_PROCESSES = 4
EVENTS = 20_000
MAP_BYTES = 840_000  # of HTML: a small map's
READS = 2_000
PASSWORD = "bench"
ENGINE = RenderEngine("1", "1")
POLICY = admission.Policy(10**6, 10**6, 10**6)
PROGRAM = """
import xatra
from xatra.loaders import gadm
from xatra import territory_library as lib

xatra.FlagColorSequence(xatra.LinearColorSequence())
for name, territory in (("Maurya", lib.GANGETIC | lib.BENGAL | lib.GUJARAT), ("Chola", lib.TAMIL)):
    xatra.Flag(name, territory, period=[-320, -180], note="One of those that everybody knows")
xatra.River("Ganga", xatra.naturalearth("1159122643"), classes="ganga-river")
xatra.TitleBox("<b>The Indian subcontinent</b><br>drawn for measuring, number {number}")
"""
TABLES = ("render_jobs", "render_waiters", "render_callers", "artefacts")


def main() -> None:
    """Print a table for each part."""
    renders = int(sys.argv[1]) if len(sys.argv) > 1 else RENDERS
    print(f"{circumstances()}\n")
    with tempfile.TemporaryDirectory(prefix="xatra-bench-", dir="/tmp") as folder:
        home = Path(folder)
        home.chmod(0o755)
        give_to_server(home)
        with running_postgres(home) as urls:
            claims(urls)
            life(urls, renders)
            reads(urls, home)
        with running_redis(home) as users:
            told(users)


@contextmanager
def running_postgres(home: Path) -> Iterator[dict[str, str]]:
    """Yield the database's address for each group of roles, and for the `owner` of the schema."""
    sockets = make_private_directory(home / "pg")
    server = Postgres(home, sockets=sockets, admin_password=secrets.token_hex())
    process = start(server)
    try:
        ensure_roles(server.admin_dsn, database="bench", passwords=dict.fromkeys(LOGINS, PASSWORD))
        upgrade(server.url(OWNER, PASSWORD, "bench"))
        groups = ("xatra_api", "xatra_render_worker")
        yield {group: server.url(login_of(group), PASSWORD, "bench") for group in groups} | {
            "owner": server.url(OWNER, PASSWORD, "bench")
        }
    finally:
        stop(process)


@contextmanager
def running_redis(home: Path) -> Iterator[dict[str, str]]:
    """Yield Redis' address for each user."""
    install_redis(home, downloads=Path(os.environ.get("XATRA_TEST_CACHE", home)), progress=silent)
    sockets = make_private_directory(home / "redis")
    server = Redis(home, program=home / "redis-server", sockets=sockets, passwords=dict.fromkeys(REDIS_USERS, PASSWORD))
    process = start(server)
    try:
        yield {user: server.url(user) for user in REDIS_USERS}
    finally:
        stop(process)


def ask(api: Engine, number: int) -> None:
    """Let a render into the queue, as a request does."""
    caller = number % CALLERS
    with api.begin() as connection:
        admission.admit(
            connection,
            RenderRequest(PROGRAM.replace("{number}", str(number))),
            Asker(f"guest:{caller:032x}", f"192.0.2.{caller}/32"),
            limits=Limits(),
            policy=POLICY,
            engine=ENGINE,
            origin=Origin(secrets.token_hex(16)),
        )


def claims(urls: dict[str, str]) -> None:
    """Claim jobs from all sides, giving each back, so that the queue stays as full."""
    worker = create_engine(urls["xatra_render_worker"])
    with worker.begin() as connection:
        claim_repository.register_worker(connection, "bench", ENGINE, 1)
    worker.dispose()
    print(
        f"| queued, of {CALLERS} callers | claimers | claims/s | claim p50 ms | p95 ms | p99 ms "
        "| processor ms of PostgreSQL, giving back included |\n|---|---|---|---|---|---|---|"
    )
    for queued, claimers in CLAIMERS.items():
        fill(urls, queued)
        for number in claimers:
            measure_claims(urls, queued, number)
    fill(urls, 0)
    print()


def fill(urls: dict[str, str], queued: int) -> None:
    """Empty the queue, and let so many renders into it."""
    owner, api = create_engine(urls["owner"]), create_engine(urls["xatra_api"])
    with owner.begin() as connection:
        for table in ("render_waiters", "render_jobs", "render_callers"):
            connection.execute(text(f"DELETE FROM {table}"))
    for number in range(queued):
        ask(api, number)
    owner.dispose()
    api.dispose()


def measure_claims(urls: dict[str, str], queued: int, claimers: int) -> None:
    """Print what so many claimers get through."""
    answers = in_processes(claimers, claim_and_give_back, urls["xatra_render_worker"])
    times = [seconds for answer, _ in answers for seconds in answer]
    parts = statistics.quantiles(times, n=100)
    figures = [f"{part * 1e3:.1f}" for part in (parts[49], parts[94], parts[98])]
    figures.append(f"{sum(seconds for _, seconds in answers) / len(times) * 1e3:.1f}")
    print(f"| {queued} | {claimers} | {len(times) / CLAIM_SECONDS:.0f} | {' | '.join(figures)} |", flush=True)


def claim_and_give_back(url: str, _place: int) -> tuple[list[float], float]:
    """Return how long each claim took, its commit included, and PostgreSQL's processor time for all."""
    database = create_engine(url)
    times = []
    with database.connect() as connection:
        ending = time.monotonic() + CLAIM_SECONDS
        while time.monotonic() < ending:
            begun = time.perf_counter()
            with connection.begin():
                job = claim_repository.claim(connection, "bench", ENGINE, 60)
            times.append(time.perf_counter() - begun)
            if job is None:
                raise RuntimeError("The queue is empty.")
            with connection.begin():
                claim_repository.release(connection, job.id, job.attempt)
        backend = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
        nanoseconds, *_ = Path(f"/proc/{backend}/schedstat").read_text().split()
    return times, int(nanoseconds) / 1e9


def life(urls: dict[str, str], renders: int) -> None:
    """Take renders through the whole of their lives in the database, and weigh what is left of them."""
    owner = create_engine(urls["owner"], isolation_level="AUTOCOMMIT")
    with owner.connect() as connection:
        for table in TABLES:
            connection.execute(text(f"VACUUM FULL {table}"))
        before = weigh(connection)
        begun = time.perf_counter()
        in_processes(LIFE_PROCESSES, live, urls, renders // LIFE_PROCESSES)
        seconds = time.perf_counter() - begun
        after = weigh(connection)
        rows = {table: connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() for table in TABLES}
    owner.dispose()
    done = renders // LIFE_PROCESSES * LIFE_PROCESSES
    print(f"{done:,} renders asked for, claimed and recorded by {LIFE_PROCESSES} processes: {done / seconds:.0f}/s\n")
    print("| table | rows a million renders | GB a million renders, with indexes |")
    print("|---|---|---|")
    for table in TABLES:
        size = (after[table] - before[table]) / done * 1e6 / 1e9
        print(f"| `{table}` | {rows[table] / done * 1e6:,.0f} | {size:.2f} |")
    print(f"| write-ahead log, written and recycled | | {(after['wal'] - before['wal']) / done * 1e6 / 1e9:.1f} |\n")


def weigh(connection: Any) -> dict[str, int]:  # noqa: ANN401 - SQLAlchemy's connection
    """Return the bytes of each table with its indexes, and of all log that was ever written."""
    sizes = {
        table: connection.execute(
            text("SELECT pg_total_relation_size(CAST(:table AS text))"), {"table": table}
        ).scalar_one()
        for table in TABLES
    }
    wal = connection.execute(text("SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint")).scalar_one()
    return sizes | {"wal": wal}


def live(urls: dict[str, str], renders: int, place: int) -> None:
    """Ask for renders, claim as many, and record maps for them."""
    api, worker = create_engine(urls["xatra_api"]), create_engine(urls["xatra_render_worker"])
    timings = {"run_seconds": 0.012, "store_seconds": 0.004, "queued_seconds": 0.01, "peak_bytes": 5e6}
    for number in range(renders):
        ask(api, 10**6 + place * renders + number)
        job = None
        while job is None:  # all that this one sees may just be claimed by others
            with worker.begin() as connection:
                job = claim_repository.claim(connection, "bench", ENGINE, 60)
        sha256 = hashlib.sha256(job.request.program.encode()).hexdigest()
        with worker.begin() as connection:
            claim_repository.add_artefact(
                connection, sha256, size_bytes=MAP_BYTES, stored_bytes=240_000, asset_names=[f"{sha256}.css"] * 4
            )
            result = Result(State.SUCCEEDED, artefact_sha256=sha256, timings=timings)
            claim_repository.finish(connection, job.id, job.attempt, result)


def reads(urls: dict[str, str], home: Path) -> None:
    """Read one map again and again, and count the api's processor time alone."""
    store_url = f"file://{home}/store"
    html = "".join(random.choice("0123456789 .,-[]") for _ in range(MAP_BYTES // 2)) + "x" * (MAP_BYTES // 2)
    sha256 = hashlib.sha256(html.encode()).hexdigest()
    stored = gzip.compress(html.encode())
    open_store(store_url).put_artefact(sha256, stored)
    print(f"| reads of a map, stored in {len(stored) / 1e6:.2f} MB | reads/s per core of the api | MB/s per core |")
    print("|---|---|---|")
    with serving("xatra_api", urls["xatra_api"], ARTEFACT_STORE_URL=store_url) as url:
        api = [child for child in psutil.Process().children(recursive=True) if "xatra_api" in child.cmdline()]
        address = f"{url}/xatra/api/artefacts/{sha256}"
        tag = httpx.get(address).raise_for_status().headers["ETag"]
        for name, headers in (("whole, gzip as stored", {}), ("known to the client: 304", {"If-None-Match": tag})):
            before = processor_seconds(api)
            with ThreadPoolExecutor(4) as threads:
                sizes = list(threads.map(read, [address] * 4, [headers] * 4))
            seconds = processor_seconds(api) - before
            print(f"| {name} | {READS / seconds:.0f} | {sum(sizes) / seconds / 1e6:.0f} |", flush=True)
    print()


def processor_seconds(processes: list[psutil.Process]) -> float:
    """Return how long processes have run so far."""
    return sum(sum(process.cpu_times()[:2]) for process in processes)


def read(address: str, headers: dict[str, str]) -> int:
    """Read a quarter of all; return how many bytes came."""
    size = 0
    with httpx.Client() as client:
        for _ in range(READS // 4):
            with client.stream("GET", address, headers=headers) as answer:
                size += sum(map(len, answer.iter_raw()))
    return size


def told(users: dict[str, str]) -> None:
    """Announce ends of renders, one after the other, to as many listeners as there are processes of apis."""
    print("| listeners | events/s announced | events/s heard, all listeners together |")
    print("|---|---|---|")
    for listeners in (1, 8, 32):
        ready, heard = threading.Barrier(listeners + 1), threading.Barrier(listeners + 1)

        sent = EVENTS // listeners
        threads = [
            threading.Thread(target=listen, args=(users["xatra_api"], sent, ready, heard)) for _ in range(listeners)
        ]
        for thread in threads:
            thread.start()
        with redis.Redis.from_url(users["xatra_render_worker"]) as client:
            ready.wait()
            time.sleep(0.2)
            begun = time.perf_counter()
            events.announce(client, range(sent))
            announced = time.perf_counter() - begun
            heard.wait()
            all_heard = time.perf_counter() - begun
        for thread in threads:
            thread.join()
        print(f"| {listeners} | {sent / announced:.0f} | {sent * listeners / all_heard:.0f} |", flush=True)


def listen(url: str, count: int, ready: threading.Barrier, heard: threading.Barrier) -> None:
    """Hear so many events."""
    with redis.Redis.from_url(url) as client, client.pubsub() as subscription:
        subscription.subscribe(EVENTS_CHANNEL)
        subscription.get_message(timeout=5)  # that it is subscribed
        ready.wait()
        for _ in zip(range(count), subscription.listen(), strict=False):
            pass
        heard.wait()


def in_processes[Answer](processes: int, act: Callable[..., Answer], *arguments: object) -> list[Answer]:
    """Run `act(*arguments, place)` in so many processes at once, and return what each returns."""
    places = count()
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        return pool.starmap(act, [(*arguments, next(places)) for _ in range(processes)], chunksize=1)


if __name__ == "__main__":
    main()
