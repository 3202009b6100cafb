"""How large a machine has to be for the renders that people ask for: the rules of docs/sizing.md."""

from dataclasses import dataclass
from math import ceil
from typing import Final

from xatra_shared.queue.predictions import ROOM, TYPICAL_RUN_SECONDS

# What is assumed where nothing was measured.
_AT_WORK: Final = 0.1  # the part of accounts that is, in the busiest hour
_RENDERS_IN_BUSIEST_HOUR: Final = 20  # of one who is at work
_PEAK: Final = 3  # times the mean of that hour
_BUSIEST_HOURS: Final = 5  # so many make the renders of a day
TYPICAL_P95_SECONDS: Final = TYPICAL_RUN_SECONDS

_MAP_GB: Final = 0.00025
_MACHINES_GB: Final = (4, 8, 16, 32, 64, 128, 256, 512)


@dataclass(frozen=True)
class Demand:
    """What people ask for.

    Attributes:
        renders_per_second: At the peak, without those that the cache answers.
        p95_seconds: What 95 of 100 renders stay below.
        renders_per_day: In the mean.
    """

    renders_per_second: float
    p95_seconds: float
    renders_per_day: float


@dataclass(frozen=True)
class Size:
    """What serves them. Memory in GiB, disk in GB.

    Attributes:
        slots_exactly: By the formula, before it is rounded up.
        slots: `SLOTS`, of all render workers together.
        processors: A slot each, and one in ten, at least one, for all the rest.
        render_worker_memory: `RENDER_WORKER_MEMORY`: 1 GiB a slot, geometry that is loaded ahead of need, and the parent.
        postgres_memory: `POSTGRES_MEMORY`.
        memory: Of a machine that holds these and the rest.
        stored: Maps that are kept.
        disk: With images, map data, database and metrics.
    """

    slots_exactly: float
    slots: int
    processors: int
    render_worker_memory: float
    postgres_memory: int
    memory: int
    stored: float
    disk: int


def assumed_demand(accounts: int) -> Demand:
    """Return what so many accounts will probably ask for."""
    busiest_hour = accounts * _AT_WORK * _RENDERS_IN_BUSIEST_HOUR
    return Demand(busiest_hour / 3600 * _PEAK, TYPICAL_P95_SECONDS, busiest_hour * _BUSIEST_HOURS)


def size_for(demand: Demand, *, kept_days: int) -> Size:
    """Return what serves a demand: slots = renders a second at the peak x p95 of their seconds x room.

    Args:
        demand: What people ask for.
        kept_days: `ARTEFACT_DAYS`.
    """
    exactly = demand.renders_per_second * demand.p95_seconds * ROOM
    slots = max(1, ceil(exactly))
    render_worker = slots + 0.75
    postgres = max(1, ceil(slots / 3))
    memory = render_worker + postgres + 1 + slots / 4  # the other services, and files that the kernel keeps
    stored = demand.renders_per_day * kept_days * _MAP_GB
    return Size(
        slots_exactly=exactly,
        slots=slots,
        processors=slots + max(1, ceil(slots / 10)),
        render_worker_memory=render_worker,
        postgres_memory=postgres,
        memory=next((size for size in _MACHINES_GB if size >= memory), ceil(memory)),
        stored=stored,
        disk=ceil((30 + 1.25 * stored) / 10) * 10,
    )
