"""Predicts when renders start and end, from how long like programs took."""

import hashlib
import heapq
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

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
