"""Plays a day of bursty traffic against workers whose number follows `slots_wanted`, and prints what came of it.

    python -m tests.load.slots_simulation

A discrete event simulation, seeded: the same table everywhere. The order of claims is the queue's own, which
`tests/shared/queue/test_simulation.py` compares with PostgreSQL; so is the number of slots, by the very function that
the api publishes. How long a claim takes is measured by `make bench-scaling`.
"""
# ruff: noqa: T201 - it prints

import heapq
import math
import random
import statistics
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count, pairwise

from xatra_shared.queue.predictions import slots_wanted
from xatra_shared.queue.repository import ARRIVALS_SECONDS

SEED = 20
DAY_SECONDS = 86_400
BUSY_RENDERS_PER_SECOND = 0.4  # in the busiest hour, apart from bursts; a tenth of it at night
BURSTS = 30  # a class, an article: some people who all render for some minutes
CALLERS = 300
RUN_MEDIAN_SECONDS, RUN_P95_SECONDS = 0.4, 2.0  # log-normal; of what its likes took, a render takes 0.7 to 1.4 times
CLAIM_SECONDS = 0.02  # a slot between two renders: a claim, and the end of the last one
QUEUE_CAPACITY = 200
PROMISED_WAIT_SECONDS = 5.0

LOOK_SECONDS = 15  # how often the autoscaler acts: on a number that Prometheus has read since it last did
START_SECONDS = 20  # until a new slot can claim


@dataclass(frozen=True)
class Job:
    """A render: whose, how long it will run, and how long its likes did."""

    id: int
    caller: int
    arrived_at: float
    run_seconds: float
    predicted_seconds: float


@dataclass
class Queue:
    """Jobs that wait and run, claimed in the order of the render queue.

    At every claim the caller with the fewest renders running comes first, then the one served longest ago, then the one
    with the oldest job.
    """

    queued: dict[int, list[Job]] = field(default_factory=dict)
    running: Counter[int] = field(default_factory=Counter)
    served_at: dict[int, float] = field(default_factory=dict)

    def __len__(self) -> int:
        return sum(map(len, self.queued.values()))

    def add(self, job: Job) -> None:
        self.queued.setdefault(job.caller, []).append(job)

    def order(self) -> list[Job]:
        """Return the queued jobs as they will be claimed."""
        ranked = [
            (self.running[caller] + place, place, self.served_at.get(caller, -math.inf), jobs[0].id, job.id, job)
            for caller, jobs in self.queued.items()
            for place, job in enumerate(jobs, 1)
        ]
        return [entry[-1] for entry in sorted(ranked)]

    def claim(self, now: float) -> Job | None:
        if not self.queued:
            return None
        caller = min(
            self.queued,
            key=lambda one: (self.running[one], self.served_at.get(one, -math.inf), self.queued[one][0].id),
        )
        job = self.queued[caller].pop(0)
        if not self.queued[caller]:
            del self.queued[caller]
        self.running[caller] += 1
        self.served_at[caller] = now
        return job

    def finish(self, job: Job) -> None:
        self.running[job.caller] -= 1


def traffic() -> list[Job]:
    """Return a day's renders: more by day than by night, and bursts."""
    chance = random.Random(SEED)
    bursts = [
        (
            chance.uniform(6, 22) * 3600,
            chance.uniform(60, 600),
            chance.uniform(0.5, 4),
            chance.sample(range(CALLERS), 25),
        )
        for _ in range(BURSTS)
    ]
    sigma = math.log(RUN_P95_SECONDS / RUN_MEDIAN_SECONDS) / statistics.NormalDist().inv_cdf(0.95)
    numbers = count(1)
    arrivals: list[tuple[float, int]] = []

    def poisson(begin: float, end: float, most: float, rate: Callable[[float], float]) -> Iterator[float]:
        now = begin + chance.expovariate(most)
        while now < end:
            if chance.random() < rate(now) / most:
                yield now
            now += chance.expovariate(most)

    def by_day(now: float) -> float:
        return BUSY_RENDERS_PER_SECOND * (0.1 + 0.9 * max(0.0, math.sin((now / 3600 - 6) / 16 * math.pi)))

    arrivals += [(now, chance.randrange(CALLERS)) for now in poisson(0, DAY_SECONDS, BUSY_RENDERS_PER_SECOND, by_day)]
    for begin, seconds, rate, people in bursts:
        arrivals += [(now, chance.choice(people)) for now in poisson(begin, begin + seconds, rate, lambda _: 99)]
    jobs = []
    for now, caller in sorted(arrivals):
        likes = RUN_MEDIAN_SECONDS * math.exp(chance.gauss(0, sigma))
        jobs.append(Job(next(numbers), caller, now, likes * 1.2 ** chance.gauss(0, 1), likes))
    return jobs


@dataclass
class Outcome:
    """What came of a day."""

    waits: list[float] = field(default_factory=list)
    refused: int = 0
    slot_seconds: float = 0.0
    work_seconds: float = 0.0
    slots: list[int] = field(default_factory=list)

    def row(self, name: str) -> str:
        waits = sorted(self.waits)
        parts = [f"{waits[min(len(waits) - 1, int(len(waits) * part))]:.2f}" for part in (0.5, 0.95, 0.99)]
        late = sum(wait > PROMISED_WAIT_SECONDS for wait in waits) / len(waits)
        steps = [later - earlier for earlier, later in pairwise(self.slots) if later != earlier]
        turns = sum((earlier > 0) != (later > 0) for earlier, later in pairwise(steps))
        cells = [
            name,
            *parts,
            f"{late:.1%}",
            str(self.refused),
            f"{self.slot_seconds / DAY_SECONDS:.2f}",
            str(max(self.slots)),
            f"{self.slot_seconds / self.work_seconds:.1f}",
            str(turns),
        ]
        return f"| {' | '.join(cells)} |"


type Wish = Callable[["Day"], int]


@dataclass
class Day:
    """A day as it is played. Slots that start, are idle or render; those that shall go end their render first."""

    wish: Wish
    stabilise_seconds: float
    least: int = 1
    queue: Queue = field(default_factory=Queue)
    now: float = 0.0
    starting: int = 0
    idle: int = 1
    leaving: int = 0
    busy: dict[int, tuple[Job, float]] = field(default_factory=dict)
    arrived: deque[Job] = field(default_factory=deque)
    wishes: deque[tuple[float, int]] = field(default_factory=deque)
    read: int = 1
    outcome: Outcome = field(default_factory=Outcome)

    @property
    def slots(self) -> int:
        return self.starting + self.idle + len(self.busy)

    def running(self) -> list[tuple[int, float]]:
        return [(job.id, max(0.1, job.predicted_seconds - (self.now - begun))) for job, begun in self.busy.values()]

    def arriving(self) -> float:
        while self.arrived and self.arrived[0].arrived_at < self.now - ARRIVALS_SECONDS:
            self.arrived.popleft()
        return sum(job.predicted_seconds for job in self.arrived) / ARRIVALS_SECONDS

    def play(self, jobs: list[Job]) -> Outcome:
        events: list[tuple[float, int, str, Job | None]] = [(job.arrived_at, job.id, "arrive", job) for job in jobs]
        ticket = count(len(jobs) + 1)
        events += [(now, next(ticket), "scale", None) for now in range(0, DAY_SECONDS, LOOK_SECONDS)]
        heapq.heapify(events)
        while events:
            at, _, what, job = heapq.heappop(events)
            self.outcome.slot_seconds += self.slots * (at - self.now)
            self.now = at
            if what == "arrive" and job:
                if len(self.queue) >= QUEUE_CAPACITY:
                    self.outcome.refused += 1
                else:
                    self.queue.add(job)
                    self.arrived.append(job)
            elif what == "end" and job:
                self.queue.finish(job)
                del self.busy[job.id]
                if self.leaving:
                    self.leaving -= 1
                else:
                    self.idle += 1
            elif what == "started" and self.starting:
                self.starting -= 1
                self.idle += 1
            elif what == "scale":
                for _ in range(self.follow()):
                    heapq.heappush(events, (at + START_SECONDS, next(ticket), "started", None))
            while self.idle and (claimed := self.queue.claim(at)):
                self.idle -= 1
                self.busy[claimed.id] = (claimed, at)
                self.outcome.waits.append(at - claimed.arrived_at)
                self.outcome.work_seconds += claimed.run_seconds + CLAIM_SECONDS
                heapq.heappush(events, (at + claimed.run_seconds + CLAIM_SECONDS, next(ticket), "end", claimed))
        return self.outcome

    def follow(self) -> int:
        """Follow the wish that was read last, down only as far as any of the last while; return how many start."""
        self.wishes.append((self.now, self.read))
        while self.wishes[0][0] < self.now - self.stabilise_seconds:
            self.wishes.popleft()
        here = self.slots - self.leaving
        there = self.read if self.read > here else min(here, max(wish for _, wish in self.wishes))
        there = max(self.least, there)
        self.outcome.slots.append(there)
        self.read = self.wish(self)
        return self.scale(there - here)

    def scale(self, change: int) -> int:
        """Let so many slots go, or return how many have to start."""
        if change >= 0:
            kept = min(change, self.leaving)
            self.leaving -= kept
            self.starting += change - kept
            return change - kept
        for _ in range(-change):
            if self.starting:
                self.starting -= 1
            elif self.idle:
                self.idle -= 1
            else:
                self.leaving += 1
        return 0


def wanted(day: Day) -> int:
    """Return what the api publishes."""
    queued = [(job.id, job.predicted_seconds) for job in day.queue.order()]
    return slots_wanted(day.running(), queued, arriving=day.arriving(), promised_wait_seconds=PROMISED_WAIT_SECONDS)


def queued_and_running(day: Day) -> int:
    """Return the usual measure: a slot for each render that waits or runs."""
    return len(day.queue) + len(day.busy)


def fixed(slots: int) -> Wish:
    """Return the wish for always as many."""
    return lambda _day: slots


def fewest_fixed(jobs: list[Job]) -> tuple[int, Outcome]:
    """Return the fewest slots with which, all day, 95 of 100 renders start as promised: known only afterwards."""
    for slots in count(1):
        outcome = Day(fixed(slots), 0).play(jobs)
        if statistics.quantiles(outcome.waits, n=20)[-1] <= PROMISED_WAIT_SECONDS:
            return slots, outcome
    raise AssertionError


def main() -> None:
    """Play the day under each rule, and print a row for each."""
    jobs = traffic()
    work = sum(job.run_seconds + CLAIM_SECONDS for job in jobs)
    print(
        f"{len(jobs):,} renders of {statistics.median(job.run_seconds for job in jobs):.2f} s at the median, ", end=""
    )
    print(f"work for {work / DAY_SECONDS:.2f} slots on average; promised wait {PROMISED_WAIT_SECONDS:.0f} s\n")
    print("| slots | wait p50 s | p95 | p99 | late | refused | slots, mean | most | against the work | turns |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    slots, outcome = fewest_fixed(jobs)
    print(outcome.row(f"always {slots}: the fewest that keep the promise at p95"))
    for seconds in (0, 60, 300):
        print(Day(wanted, seconds).play(jobs).row(f"`render_slots_wanted`, in after {seconds} s"))
    for least in (2, 4):
        print(Day(wanted, 300, least).play(jobs).row(f"the same, in after 300 s, at least {least}"))
    print(Day(queued_and_running, 300).play(jobs).row("one for each render that waits or runs, in after 300 s"))


if __name__ == "__main__":
    main()
