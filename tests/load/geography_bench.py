"""Measures the search of units in an index as large as that of all of GADM, of generated units.

    python -m tests.load.geography_bench [UNITS]

Half of the searches ask within a country, a level, or both. An answer counts from the text to the JSON of its body.
"""
# ruff: noqa: T201 - a benchmark prints

import multiprocessing
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path

from tests.load.circumstances import circumstances

from xatra_api.geography.schemas import UnitBody, UnitList
from xatra_shared.geography.building import build_index
from xatra_shared.geography.searching import UnitIndex
from xatra_shared.geography.units import Unit

ALL_OF_GADM = 400_000
SHARES = (0.0006, 0.01, 0.12, 0.36, 0.38, 0.1294)  # of the levels, as in GADM 4.1
COUNTRIES = 260
SYLLABLES = [
    before + after for before in ("", *"bdghjklmnprstvz") for after in ("a", "an", "ar", "e", "é", "i", "o", "u")
]
ENDINGS = ("abad", "bourg", "burg", "hausen", "pur", "stan", "ton", "ville", "wala")
SEARCHES = 2000
LIMIT = 20
TARGET_MS = 5


def main() -> None:
    random.seed(7)
    made = generate(int(sys.argv[1]) if sys.argv[1:] else ALL_OF_GADM)
    units = sorted(made, key=lambda unit: (unit.level, unit.country))
    content, build_seconds, build_bytes = built_apart(units)
    before = memory_bytes()
    started = time.perf_counter()
    index = UnitIndex(content)
    open_seconds = time.perf_counter() - started
    print(circumstances())
    print(
        f"{len(units):,} units: built in {build_seconds:.1f} s with {build_bytes / 1e6:.0f} MB of memory, "
        f"{len(content) / 1e6:.1f} MB stored, opened in {open_seconds:.2f} s with {(memory_bytes() - before) / 1e6:.0f} MB\n"
    )
    print(f"{'searched for':34}{'found':>7}{'p50':>11}{'p95':>11}{'p99':>11}{'longest':>11}")
    everything: list[float] = []
    for name, make_text in TEXTS.items():
        seconds, found = measure(index, units, make_text)
        everything += seconds
        report(name, seconds, found)
    report("all of these", everything, 0)
    p95_ms = statistics.quantiles(everything, n=100)[94] * 1e3
    print(f"\np95 {p95_ms:.2f} ms, target {TARGET_MS} ms: {'meets' if p95_ms < TARGET_MS else 'misses'}")


def built_apart(units: list[Unit]) -> tuple[bytes, float, int]:
    """Build in a process of its own: return the index, how long it took, and how much memory beside the units'."""

    def build(connection: Connection) -> None:
        before, started = memory_bytes(), time.perf_counter()
        content = build_index(units)
        seconds = time.perf_counter() - started
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        connection.send((content, seconds, most - before))

    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    process = context.Process(target=build, args=(theirs,))
    process.start()
    content, seconds, size_bytes = ours.recv()
    process.join()
    return content, seconds, size_bytes


def generate(count: int) -> Iterator[Unit]:
    """Make units in countries of very different sizes."""
    countries = [f"{chr(65 + n // 26)}{chr(65 + n % 26)}X" for n in range(COUNTRIES)]
    weights = [1 / rank for rank in range(1, COUNTRIES + 1)]
    for code in countries:
        yield Unit(code, make_name(), (), code, 0, None, (), None)
    for level, share in list(enumerate(SHARES))[1:]:
        for number, code in enumerate(random.choices(countries, weights, k=int(count * share))):
            parent = ".".join([code, *(str(random.randint(1, 40)) for _ in range(level - 1))])
            variants = tuple(make_name() for _ in range(random.choices((0, 1, 2), (80, 15, 5))[0]))
            within = tuple(make_name() for _ in range(level))
            yield Unit(f"{parent}.{number}", make_name(), variants, code, level, parent, within, "District")


def make_name() -> str:
    words = (
        "".join(random.choices(SYLLABLES, k=random.randint(1, 4))) for _ in range(random.choices((1, 2), (7, 3))[0])
    )
    ending = random.choice(ENDINGS) if random.random() < 0.2 else ""
    return "".join(word.capitalize() for word in words) + ending


def beginning(unit: Unit) -> str:
    return unit.name[: random.randint(1, 6)].upper()


def second_word(unit: Unit) -> str:
    capitals = [place for place, char in enumerate(unit.name) if char.isupper()]
    return unit.name[capitals[-1] :][: random.randint(2, 6)]


def inside(unit: Unit) -> str:
    start = random.randint(1, max(1, len(unit.name) - 4))
    return unit.name[start : start + random.randint(3, 6)].lower()


def misspelt(unit: Unit) -> str:
    place = random.randrange(len(unit.name))
    return f"{unit.name[:place]}{random.choice('aeinr')}{unit.name[place + 1 :]}"


TEXTS: dict[str, Callable[[Unit], str]] = {
    "the beginning of a name": beginning,
    "the beginning of its last word": second_word,
    "some of its inside": inside,
    "a whole name": lambda unit: unit.name,
    "a misspelt name": misspelt,
    "an id": lambda unit: unit.id,
    "the beginning of an id": lambda unit: unit.id[: random.randint(4, len(unit.id) + 1)],
    "a common ending": lambda _: random.choice(ENDINGS),
}


def measure(index: UnitIndex, units: list[Unit], make_text: Callable[[Unit], str]) -> tuple[list[float], int]:
    """Return how long each search took, and how much all of them found."""
    seconds, found = [], 0
    for number in range(SEARCHES):
        unit = random.choice(units)
        text = make_text(unit)
        country = unit.country if number % 4 in (1, 3) else None
        level = unit.level if number % 4 in (2, 3) else None
        started = time.perf_counter()
        answer = index.search(text, country=country, level=level, limit=LIMIT)
        UnitList(units=[UnitBody.of(unit) for unit in answer]).model_dump_json()
        seconds.append(time.perf_counter() - started)
        found += len(answer)
    return seconds, found


def report(name: str, seconds: list[float], found: int) -> None:
    percentiles = statistics.quantiles(seconds, n=100)
    times = (statistics.median(seconds), percentiles[94], percentiles[98], max(seconds))
    print(f"{name:34}{found / len(seconds):7.1f}" + "".join(f"{time_ * 1e3:8.2f} ms" for time_ in times))


def memory_bytes() -> int:
    """Return what this process has of the machine's memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


if __name__ == "__main__":
    main()
