"""Measures Explore in hubs of 10^3, 10^5 and 10^6 generated works, by itself and over HTTP.

    python -m tests.load.explore_bench [WORKS...]

Starts a PostgreSQL of its own with a database for each hub, and an api for each. Every search is asked for in each of
the four orders, for other words and authors each time; sizes take turns, so that all see the same machine. The clock
counts what else the machine does, too; processor time, of the api's functions and the database together, does not.
"""
# ruff: noqa: T201 - a benchmark prints

import random
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import httpx2 as httpx
from sqlalchemy import Engine, create_engine, make_url, text
from tests.load.circumstances import circumstances
from tests.load.hub_generator import bulk_loading, fill, place_names
from tests.load.serving import serving

from xatra_api.explore import service
from xatra_api.explore.cursors import encode_cursor
from xatra_api.explore.words import words_of
from xatra_shared.database.engine import make_engine
from xatra_shared.database.grants import OWNER, login_of
from xatra_shared.database.migrate import upgrade
from xatra_shared.database.roles import LOGINS, ensure_roles
from xatra_shared.identity.callers import Caller
from xatra_shared.servers.postgres import make_private_directory
from xatra_shared.servers.process import give_to_server, start, stop
from xatra_standalone.embedded.postgres import Postgres

SIZES = (1_000, 100_000, 1_000_000)
ROUNDS = 30  # each in four orders
WARM_UP_ROUNDS = 5
API = "/xatra/api"
PASSWORD = "bench"
COMMON_WORDS = ("empire", "kingdom", "map", "dynasty", "ancient", "war")
TARGET_MS = 20


@dataclass(frozen=True)
class Hub:
    """One of the hubs: its database, its api, and who and what is in it."""

    works: int
    engine: Engine
    backend_pid: int
    client: httpx.Client
    prolific: list[str]
    authors: list[str]
    listed: list[dict[str, Any]]


type Ask = Callable[[Hub, dict[str, Any]], float]
"""Asks a hub for something, and returns how many milliseconds that took."""

PLACES = [words_of(place)[0] for place in place_names()]


def main() -> None:
    random.seed(7)
    sizes = [int(argument) for argument in sys.argv[1:]] or SIZES
    with ExitStack() as stack:
        hubs = stack.enter_context(running_hubs(sizes))
        print(f"{circumstances()}\n")
        for name, ask in ASKS.items():
            report(name, hubs, {case: measure(hubs, make, ask) for case, make in CASES.items()})
        print_figures({"a view, counted": measure(hubs, lambda _: {}, send_view)})
        print(f"\nAt the end: {circumstances()}")


def common() -> str:
    return random.choice(COMMON_WORDS)


def middling() -> str:
    """Return a word that about one of 100 to 500 works has."""
    return random.choice(PLACES[25:150])


def rare() -> str:
    """Return a word that about one of 10,000 to 100,000 works has."""
    return random.choice(PLACES[3000:])


def words_of_one(hub: Hub) -> str:
    """Return what somebody types who looks for a work that is there."""
    words = words_of(random.choice(hub.listed)["name"])
    return " ".join(word[: random.randint(2, 8)] for word in words)


def user(names: list[str]) -> str:
    return f"user:{random.choice(names)}"


def deep(hub: Hub) -> dict[str, Any]:
    return {"after": random.choice(hub.listed)}


CASES: dict[str, Callable[[Hub], dict[str, Any]]] = {
    "everything": lambda _: {},
    "everything, from somewhere on": deep,
    "one letter": lambda _: {"q": random.choice("abcdeghijklmnoprstuvw")},
    "a common word": lambda _: {"q": common()},
    "a common word, from somewhere on": lambda hub: {"q": common(), **deep(hub)},
    "a word of one in 100 to 500": lambda _: {"q": middling()},
    "the same, from somewhere on": lambda hub: {"q": middling(), **deep(hub)},
    "its first four letters": lambda _: {"q": middling()[:4]},
    "a rare word": lambda _: {"q": rare()},
    "a letter and a rare word": lambda _: {"q": f"{random.choice('aemp')} {rare()}"},
    "a common word and a rare one": lambda _: {"q": f"{common()} {rare()}"},
    "a common word and one of 100 to 500": lambda _: {"q": f"{common()} {middling()}"},
    "words of a name, cut": lambda hub: {"q": words_of_one(hub)},
    "works of somebody": lambda hub: {"q": user(hub.authors)},
    "works of the ten busiest": lambda hub: {"q": user(hub.prolific[:10])},
    "works of the next hundred": lambda hub: {"q": user(hub.prolific[10:110])},
    "of these, with a common word": lambda hub: {"q": f"{user(hub.prolific[:110])} {common()}"},
    "of these, with a rare word": lambda hub: {"q": f"{user(hub.prolific[:110])} {rare()}"},
}


def measure(hubs: list[Hub], make: Callable[[Hub], dict[str, Any]], ask: Ask) -> list[list[float]]:
    """Return how many milliseconds each answer took, by hub."""
    milliseconds: list[list[float]] = [[] for _ in hubs]
    for number in range(WARM_UP_ROUNDS + ROUNDS):
        for sort, order in service.ORDERS.items():
            for hub, times in zip(hubs, milliseconds, strict=True):
                asked = {"q": "", "sort": sort, "kind": "map", **make(hub)}
                if work := asked.pop("after", None):
                    asked["cursor"] = encode_cursor(order, work)
                passed = ask(hub, asked)
                if number >= WARM_UP_ROUNDS:
                    times.append(passed)
    return milliseconds


def ask_service(hub: Hub, asked: dict[str, Any]) -> float:
    started = time.perf_counter()
    call_service(hub, asked)
    return (time.perf_counter() - started) * 1e3


def use_processor(hub: Hub, asked: dict[str, Any]) -> float:
    before = processor_ms(hub)
    call_service(hub, asked)
    return processor_ms(hub) - before


def processor_ms(hub: Hub) -> float:
    """Return how long this process and the one that serves its only connection have run so far."""
    nanoseconds, *_ = Path(f"/proc/{hub.backend_pid}/schedstat").read_text().split()
    return (time.process_time_ns() + int(nanoseconds)) / 1e6


def call_service(hub: Hub, asked: dict[str, Any]) -> None:
    with hub.engine.connect() as connection:
        service.explore(
            connection,
            Caller.at(None),
            asked["q"],
            kind=asked["kind"],
            sort=asked["sort"],
            cursor=asked.get("cursor"),
            limit=24,
            thumbnails_url="/thumbnails",
        )


def ask_api(hub: Hub, asked: dict[str, Any]) -> float:
    started = time.perf_counter()
    hub.client.get(f"{API}/explore", params=asked).raise_for_status()
    return (time.perf_counter() - started) * 1e3


def send_view(hub: Hub, _asked: dict[str, Any]) -> float:
    work = hub.listed.pop()
    started = time.perf_counter()
    hub.client.post(f"{API}/hub/map/{work['name']}/views").raise_for_status()
    return (time.perf_counter() - started) * 1e3


ASKS: dict[str, Ask] = {
    "processor time": use_processor,
    "by the clock, without HTTP": ask_service,
    "by the clock, over HTTP": ask_api,
}


def report(title: str, hubs: list[Hub], cases: dict[str, list[list[float]]]) -> None:
    """Print p50, p95 and p99 of each case for each hub, and how all of them together stand to the targets."""
    print(f"\n{title}, p50 / p95 / p99 in ms")
    print(f"{'':38}" + "".join(f"{hub.works:>26,}" for hub in hubs))
    together = [list(chain.from_iterable(times)) for times in zip(*cases.values(), strict=True)]
    print_figures({**cases, "all of these": together})
    smallest, largest = (percentile(times, 95) for times in (together[0], together[-1]))
    print(f"p95 {largest:.1f} ms, target {TARGET_MS} ms; {largest / smallest:.2f} times the smallest hub's, target 2")


def print_figures(cases: dict[str, list[list[float]]]) -> None:
    for case, by_hub in cases.items():
        print(f"{case:38}" + "".join(f"{figures(times):>26}" for times in by_hub), flush=True)


def figures(times: list[float]) -> str:
    return f"{statistics.median(times):.1f} / {percentile(times, 95):.1f} / {percentile(times, 99):.1f}"


def percentile(times: list[float], percent: int) -> float:
    return statistics.quantiles(times, n=100)[percent - 1]


@contextmanager
def running_hubs(sizes: list[int] | tuple[int, ...]) -> Iterator[list[Hub]]:
    """Run a PostgreSQL, and an api on a hub of each size."""
    with tempfile.TemporaryDirectory(prefix="xatra-explore-", dir="/tmp") as folder, ExitStack() as stack:
        home = Path(folder)
        home.chmod(0o755)
        give_to_server(home)
        sockets = make_private_directory(home / "run")
        admin_password = secrets.token_hex()
        postgres = Postgres(home, sockets=sockets, admin_password=admin_password, durable=False)
        process = start(postgres)
        stack.callback(stop, process)
        yield [stack.enter_context(hub(postgres, admin_password, home, works)) for works in sizes]


@contextmanager
def hub(postgres: Postgres, admin_password: str, home: Path, works: int) -> Iterator[Hub]:
    """Fill a hub, and serve it."""
    database = f"xatra_{works}"
    ensure_roles(postgres.admin_dsn, database=database, passwords=dict.fromkeys(LOGINS, PASSWORD))
    upgrade(postgres.url(OWNER, PASSWORD, database))
    fill_database(postgres.url("postgres", admin_password, database), works)
    url = postgres.url(login_of("xatra_api"), PASSWORD, database)
    engine = make_engine(url, application_name="bench", pool_size=1)
    with engine.connect() as connection:
        backend_pid = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
        prolific = connection.execute(
            text(
                """
                SELECT author.username FROM hub_artifacts work JOIN hub_users author ON author.id = work.user_id
                WHERE listed AND kind = 'map' GROUP BY author.username ORDER BY count(*) DESC LIMIT 110
                """
            )
        )
        authors = connection.execute(text("SELECT username FROM hub_users ORDER BY random() LIMIT 1000"))
        listed = connection.execute(
            text(
                """
                SELECT id, name, featured, votes, views, published_at FROM hub_artifacts
                WHERE listed AND kind = 'map' ORDER BY random() LIMIT 1000
                """
            )
        )
        found = (list(prolific.scalars()), list(authors.scalars()), [dict(row) for row in listed.mappings()])
    with (
        serving("xatra_api", url, ARTEFACT_STORE_URL=f"file://{home / 'store'}") as api_url,
        httpx.Client(base_url=api_url, timeout=60) as client,
    ):
        yield Hub(works, engine, backend_pid, client, *found)
    engine.dispose()


def fill_database(url: str, works: int) -> None:
    engine = create_engine(make_url(url))
    started = time.perf_counter()
    with engine.begin() as connection, bulk_loading(connection):
        fill(connection, works=works)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM (ANALYZE)"))
        connection.execute(text("CHECKPOINT"))
        sizes = connection.execute(
            text(
                """
                SELECT pg_table_size('hub_artifacts') / 1e6 AS works,
                       pg_relation_size('hub_listed') / 1e6 AS listed,
                       pg_indexes_size('hub_listed') / 1e6 AS indexes
                """
            )
        ).one()
    engine.dispose()
    print(
        f"{works:,} works made in {time.perf_counter() - started:.0f} s: {sizes.works:.0f} MB; "
        f"what lists read: {sizes.listed:.0f} MB, and {sizes.indexes:.0f} MB of indexes",
        flush=True,
    )


if __name__ == "__main__":
    main()
