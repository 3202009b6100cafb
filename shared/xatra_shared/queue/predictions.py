"""Predicts when renders start and end, from how long like programs took, and so how many slots are wanted."""

import hashlib
import heapq
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

ROOM: Final = 1.3  # slots for each that work keeps busy: at three quarters of what they can do, hardly anybody waits
TYPICAL_RUN_SECONDS: Final = 2.0  # what a render is taken to need before any was measured

_LITERAL: Final = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'|\b\d[\d_.]*\b")
_UNIT: Final = re.compile(r"[\"'][A-Z]{3}(\.\d+)*(_\d+)?[\"']")  # "IND.31": which geometry is loaded decides the time


@dataclass(frozen=True)
class Load:
    """How busy the workers are, and what follows for those who wait.

    Attributes:
        positions: Place of every queued job in the claim order; 1 is next.
        start_seconds: When each queued job will probably start, in seconds from now.
        finish_seconds: When each queued or running job will probably end, in seconds from now.
    """

    positions: dict[int, int]
    start_seconds: dict[int, float]
    finish_seconds: dict[int, float]

    @property
    def retry_after_seconds(self) -> int:
        """After how many seconds the next render of all will probably have ended, and made room."""
        return max(1, ceil(min(self.finish_seconds.values(), default=0.0)))


def shape_of(program: str) -> str:
    """Return what like programs share: the text without its literals, but with the units that it names."""
    without_literals = _LITERAL.sub(lambda literal: literal[0] if _UNIT.fullmatch(literal[0]) else "", program)
    return hashlib.sha256(without_literals.encode("utf-8", "surrogatepass")).hexdigest()


def predict(slots: int, running: Iterable[tuple[int, float]], queued: Sequence[tuple[int, float]]) -> Load:
    """Play the queue forward.

    Args:
        slots: Renders that all live workers run at once; none counts as one that will come back.
        running: Job and the seconds that it will probably go on.
        queued: Job and the seconds that it will probably run, in the order of their claims.
    """
    running = list(running)
    finish = dict(running)
    # When each slot becomes free; those that have nothing to do are.
    free = sorted(finish.values())
    free = [0.0] * max(0, max(1, slots) - len(free)) + free
    heapq.heapify(free)
    start: dict[int, float] = {}
    for job_id, seconds in queued:
        start[job_id] = heapq.heappop(free)
        finish[job_id] = start[job_id] + seconds
        heapq.heappush(free, finish[job_id])
    return Load({job_id: place for place, (job_id, _) in enumerate(queued, 1)}, start, finish)


def slots_wanted(
    running: Iterable[tuple[int, float]],
    queued: Sequence[tuple[int, float]],
    *,
    arriving: float,
    promised_wait_seconds: float,
) -> int:
    """Return how many slots there should be now, on all workers together.

        slots = max(running, ceil(arriving x ROOM), least n for which predict(n, running, queued) keeps the promise)

    The second is what comes in steadily; it is the formula of docs/sizing.md with the mean of a render's seconds. The
    third is what waits already: with n slots, every queued render starts within the promised wait. It is the model by
    which callers are told their start and `Retry-After`. A render that runs keeps its slot, so that following this
    number down never asks for one that is in use.

    It may fall from one moment to the next, as a queue does. Whoever scales by it (HPA, KEDA) waits before scaling in.

    Args:
        running: Job and the seconds that it will probably go on.
        queued: Job and the seconds that it will probably run, in the order of their claims.
        arriving: Seconds of rendering that come in each second: arrivals a second x mean seconds of a render.
        promised_wait_seconds: How long a render may wait for its slot.
    """
    running = list(running)
    least = max(len(running), ceil(arriving * ROOM))
    if not queued:
        return least

    def keeps_promise(slots: int) -> bool:
        return max(predict(slots, running, queued).start_seconds.values()) <= promised_wait_seconds

    # More slots never make a start later, and with one for each render nobody waits.
    candidates = range(max(1, least), len(running) + len(queued) + 1)
    return candidates.start + bisect_left(candidates, 1, key=keeps_promise)
